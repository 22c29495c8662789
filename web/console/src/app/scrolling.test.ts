import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const SOURCES = join(import.meta.dirname, "..");
const RULES = /([^{}]+)\{([^{}]*)\}/g;

// What is for screen readers only lies outside the flow. Where no pane of its own holds it, it makes the page longer.
it("every pane that scrolls holds what lies outside the flow within it", () => {
  const sheets = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".css"),
  );

  const loose = sheets.flatMap((sheet) => panesWithoutHold(sheet));

  expect(sheets).toContain("settings/settings.css");
  expect(loose).toEqual([]);
});

function panesWithoutHold(sheet: string): string[] {
  const css = readFileSync(join(SOURCES, sheet), "utf8").replace(/\/\*.*?\*\//gs, "");
  return [...css.matchAll(RULES)].flatMap(([, selector = "", declarations = ""]) => {
    const scrolls = /overflow(-[xy])?:\s*(auto|scroll)/.test(declarations);
    return scrolls && !/(^|[\s;])position:/.test(declarations) ? [`${sheet} ${selector.trim()}`] : [];
  });
}
