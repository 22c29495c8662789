// What a visitor's or an agent's browser fetches first, gzipped, against what we promise. Fails when over.

import { readFileSync } from "node:fs";
import { dirname, join, normalize, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const ASSETS = resolve(import.meta.dirname, "../../kithdesk/web_assets");

const PROMISES = [
  { what: "loader", entry: "widget/widget.js", limit: 5_000 },
  { what: "panel", entry: "widget/panel.html", limit: 35_000 },
  { what: "console, first load", entry: "console/index.html", limit: 250_000 },
];

/** Everything that loads because `entry` does: what a page links, and what a module imports statically. */
function firstLoad(entry, seen = new Map()) {
  if (seen.has(entry)) return seen;
  const text = readFileSync(join(ASSETS, entry), "utf8");
  seen.set(entry, gzipSync(text, { level: 9 }).length);
  for (const reference of entry.endsWith(".html") ? linkedFrom(text) : importedFrom(entry, text)) {
    firstLoad(placeOf(reference, entry), seen);
  }
  return seen;
}

function linkedFrom(html) {
  const scripts = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g)].map((match) => match[1]);
  const links = [...html.matchAll(/<link\b[^>]*>/g)]
    .map((match) => match[0])
    .filter((tag) => /rel="(stylesheet|modulepreload|preload)"/.test(tag))
    .flatMap((tag) => /href="([^"]+)"/.exec(tag)?.[1] ?? []);
  return [...scripts, ...links];
}

function importedFrom(entry, code) {
  if (!entry.endsWith(".js")) return [];
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+)["']/g)].map((match) => match[1]);
}

/** A page's address is `/assets/x.js` or `/widget/assets/x.js`, both inside the bundle's own folder. */
function placeOf(reference, from) {
  const bundle = from.split("/")[0];
  if (!reference.startsWith("/")) return normalize(join(dirname(from), reference));
  const path = reference.slice(1);
  return path.startsWith(`${bundle}/`) ? path : join(bundle, path);
}

const rows = PROMISES.map(({ what, entry, limit }) => {
  const files = firstLoad(entry);
  const size = [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
  return { what, size, limit, files };
});

for (const { what, size, limit, files } of rows) {
  const state = size <= limit ? "ok" : "OVER";
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  console.log(`${state.padEnd(5)}${what.padEnd(21)}${kilobytes(size).padStart(9)} of ${kilobytes(limit)}`);
  if (size > limit)
    for (const [file, bytes] of files) console.log(`       ${kilobytes(bytes).padStart(9)}  ${file}`);
}

process.exitCode = rows.some(({ size, limit }) => size > limit) ? 1 : 0;
