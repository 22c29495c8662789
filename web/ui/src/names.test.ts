import { describe, expect, it } from "vitest";

import { chipOf, initials } from "./names.ts";

describe("initials", () => {
  it.each([
    ["Ana Lima", "AL"],
    ["  ana   maria   lima ", "AL"],
    ["Åse", "Å"],
    ["jean-luc", "JL"],
    ["ana.lima@shop.example", "AL"],
    ["Visitor 3F9A", "V3"],
    ["山田 太郎", "山"],
    ["محمد علي", "م"],
    ["🏔️ Peak", "P"],
    ["<img onerror=x>", "IO"],
    ["__proto__", "P"],
    ["", "?"],
    ["🏔️", "?"],
  ])("shortens %j to %j", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});

describe("chipOf", () => {
  it("is stable and in range", () => {
    expect(chipOf("a1b2")).toBe(chipOf("a1b2"));
    const seen = new Set(Array.from({ length: 100 }, (_, n) => chipOf(`id-${n}`)));
    expect([...seen].sort()).toEqual([1, 2, 3, 4, 5]);
  });
});
