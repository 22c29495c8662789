import { expect, it } from "vitest";

import { asOf, changeOf } from "./hour-words.ts";

const OPEN = {
  isOpen: true,
  nextClosingAt: "2026-11-30T17:00:00.000Z",
  nextOpeningAt: "2026-12-01T09:00:00.000Z",
};

it.each([
  ["2026-11-30T16:59:59.000Z", true],
  ["2026-11-30T17:00:00.000Z", false],
  ["2026-12-01T08:59:59.000Z", false],
  ["2026-12-01T09:00:00.000Z", true],
])("goes on from what the server said: at %s it is open, %s", (now, isOpen) => {
  expect(asOf(now, OPEN).isOpen).toBe(isOpen);
  expect(asOf(now, { isOpen: false, nextOpeningAt: null, nextClosingAt: null }).isOpen).toBe(false);
});

it("says nothing of a change that has passed", () => {
  const later = "2026-12-01T10:00:00.000Z";

  expect(changeOf(asOf(later, OPEN), later, "UTC")).toBe("");
});

it("tells what comes by the schedule's own clock", () => {
  const words = changeOf(OPEN, "2026-11-30T16:00:00.000Z", "Asia/Kathmandu");

  expect(words.replaceAll("\u202f", " ")).toBe("Closes 10:45 PM");
});
