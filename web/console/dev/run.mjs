// Runs a TypeScript file of this folder: `node dev/run.mjs serve [PORT]` or `node dev/run.mjs screenshots FOLDER [NAMES]`.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
const files = fileURLToPath(new URL("../../../kithdesk/web_assets/console", import.meta.url));
const [what = "serve", argument, names = ""] = process.argv.slice(2);

async function load(name) {
  return (await runnerImport(`${here}${name}.ts`, { configFile: false, root: here })).module;
}

if (what === "screenshots") {
  const { takeScreenshots } = await load("screenshots");
  process.exit((await takeScreenshots(files, argument ?? "screenshots", new RegExp(names, "u"))) > 0 ? 1 : 0);
} else {
  const [{ startServer }, { busyShop }] = [await load("server"), await load("stories")];
  const { url } = await startServer(busyShop(), files, Number(argument ?? 8090));
  process.stdout.write(`${url}\n`);
}
