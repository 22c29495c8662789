import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { contrastRatio, contrastText, readableOn } from "./colour.ts";

const COLOURS = [
  "#000000",
  "#ffffff",
  "#ff0000",
  "#00ff00",
  "#0000ff",
  "#ffff00",
  "#0c665a",
  "#767676",
  "#777777",
  "#e91e63",
];

describe("contrastText", () => {
  it("reads on any colour a company may pick", () => {
    for (const colour of COLOURS)
      expect(contrastRatio(contrastText(colour), colour)).toBeGreaterThanOrEqual(4.5);
    expect(contrastText("#fff")).toBe("#000000");
    expect(contrastText("#0c665a")).toBe("#ffffff");
  });

  it("survives a setting that is no colour", () => {
    expect(contrastText("url(javascript:x)")).toMatch(/^#/u);
  });
});

describe("readableOn", () => {
  it("keeps a colour that already reads, and moves one that does not", () => {
    expect(readableOn("#0c665a", "#ffffff")).toBe("#0c665a");
    for (const background of ["#ffffff", "#1d1b19", "#808080"]) {
      for (const colour of COLOURS) {
        expect(contrastRatio(readableOn(colour, background), background)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});

describe("the tokens", () => {
  const css = readFileSync(new URL("../tokens.css", import.meta.url), "utf8");
  const token = (name: string, theme: "light" | "dark"): string => {
    const match = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`, "u").exec(css);
    const value = theme === "light" ? match?.[1] : match?.[2];
    if (value === undefined) throw new Error(`no token --${name}`);
    return value;
  };

  const pairs: [text: string, surfaces: string[]][] = [
    ["text", ["canvas", "surface", "raised", "sunken", "hover", "selected", "accent-soft", "note-surface"]],
    ["text-soft", ["canvas", "surface", "raised", "sunken", "hover", "selected"]],
    ["text-faint", ["canvas", "surface", "raised", "sunken", "hover", "selected"]],
    ["accent", ["canvas", "surface", "raised", "accent-soft", "hover", "selected"]],
    ["on-accent", ["accent", "accent-hover"]],
    ["note-text", ["note-surface", "surface"]],
    ["waiting", ["surface", "canvas", "waiting-soft", "hover", "selected"]],
    ["danger", ["surface", "canvas", "raised", "danger-soft"]],
    ["on-danger", ["danger"]],
    ["good", ["surface", "canvas", "good-soft", "raised"]],
    ["chip-text", ["chip-1", "chip-2", "chip-3", "chip-4", "chip-5"]],
  ];

  it.each(["light", "dark"] as const)("keep 4.5:1 for text in the %s theme", (theme) => {
    const poor = pairs.flatMap(([text, surfaces]) =>
      surfaces
        .map((surface) => ({
          pair: `${text} on ${surface}`,
          ratio: contrastRatio(token(text, theme), token(surface, theme)),
        }))
        .filter(({ ratio }) => ratio < 4.5),
    );
    expect(poor).toEqual([]);
  });

  it.each(["light", "dark"] as const)(
    "keep 3:1 for edges of fields and the focus ring in the %s theme",
    (theme) => {
      expect(contrastRatio(token("field-line", theme), token("surface", theme))).toBeGreaterThanOrEqual(3);
      for (const surface of ["canvas", "surface", "raised", "selected"]) {
        expect(contrastRatio(token("focus", theme), token(surface, theme))).toBeGreaterThanOrEqual(3);
      }
    },
  );
});
