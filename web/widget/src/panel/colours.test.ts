import { contrastRatio } from "@kithdesk/ui";
import { expect, test } from "vitest";
import { paint } from "./colours.ts";

const BRANDS = ["#000000", "#ffffff", "#0c665a", "#ffe14d", "#1d1b19", "#c2185b", "#777777", "#0b1f4d"];

function painted(accent: string, dark: boolean) {
  paint(document.documentElement, accent, dark);
  return (name: string) => document.documentElement.style.getPropertyValue(name);
}

test.each(BRANDS.flatMap((accent) => [[accent, false] as const, [accent, true] as const]))(
  "words hold their contrast in %s, dark: %s",
  (accent, dark) => {
    const colour = painted(accent, dark);
    const surface = dark ? "#1d1b19" : "#ffffff";

    expect(contrastRatio(colour("--on-fill"), colour("--fill"))).toBeGreaterThanOrEqual(4.5);
    expect(contrastRatio(colour("--accent"), colour("--bubble"))).toBeGreaterThanOrEqual(4.5);
    expect(contrastRatio(colour("--accent"), surface)).toBeGreaterThanOrEqual(4.5);
    expect(contrastRatio(colour("--fill"), surface)).toBeGreaterThanOrEqual(1.3);
  },
);

test("a colour that can be seen is filled with as the company chose it", () => {
  expect(painted("#0c665a", false)("--fill")).toBe("#0c665a");
});
