import { expect, test, vi } from "vitest";
import { isDark } from "./theme.ts";

test.each([
  ["rgb(255, 255, 255)", false],
  ["rgb(29, 27, 25)", true],
  ["rgba(0, 0, 0, 0)", false],
  ["rgba(0, 0, 0, 0.9)", true],
  ["oklch(0.985 0.002 247.839)", false],
  ["oklch(0.21 0.034 264.665)", true],
  ["oklch(0.21 0.034 264.665 / 0.2)", false],
  ["color(srgb 0.1 0.1 0.1)", true],
  ["color(display-p3 0.9 0.9 0.9)", false],
  ["", false],
])("a page whose ground is %j is dark: %s", (backgroundColor, dark) => {
  vi.stubGlobal("getComputedStyle", () => ({ colorScheme: "normal", backgroundColor }));

  expect(isDark()).toBe(dark);
});
