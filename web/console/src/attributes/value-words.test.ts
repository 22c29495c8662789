import { expect, it } from "vitest";

import { valueWords } from "./value-words.ts";

it("tells a bare day as that day, wherever it is read", () => {
  const day = new Date("2026-11-24T12:00:00.000Z").toLocaleDateString(undefined, { dateStyle: "medium" });

  expect(valueWords("At", "2026-11-24")).toBe(day);
  expect(valueWords("At", "soon")).toBe("soon");
});
