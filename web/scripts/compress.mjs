// Beside each text file of the build, the same as `.br` and `.gz`, for a server that stands alone. What has not changed
// since is left as it is, what hardly shrinks stays alone, and what has no original any more goes.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const ASSETS = resolve(import.meta.dirname, "../../kithdesk/web_assets");
const CODINGS = {
  ".br": (content) =>
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
  ".gz": (content) => gzipSync(content, { level: 9 }),
};
const WORTH_IT = 0.9;

const files = readdirSync(ASSETS, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

function isFresh(form, original) {
  return existsSync(form) && statSync(form).mtimeMs >= statSync(original).mtimeMs;
}

for (const file of files.filter((name) => /\.(br|gz)$/.test(name))) {
  if (!existsSync(file.replace(/\.(br|gz)$/, ""))) rmSync(file);
}
for (const file of files.filter((name) => /\.(css|html|js|json|svg)$/.test(name))) {
  const content = readFileSync(file);
  for (const [suffix, compress] of Object.entries(CODINGS)) {
    if (isFresh(file + suffix, file)) continue;
    const compressed = compress(content);
    if (compressed.length < content.length * WORTH_IT) writeFileSync(file + suffix, compressed);
    else rmSync(file + suffix, { force: true });
  }
}
