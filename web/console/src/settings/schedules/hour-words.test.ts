import { expect, it } from "vitest";

import { asOf, nowInWords } from "./hour-words.ts";

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

  expect(plain(nowInWords(asOf(later, OPEN), later, "UTC"))).toBe("Now 10:00 AM in UTC");
});

it("tells what comes by the schedule's own clock", () => {
  const at = "2026-11-30T16:00:00.000Z";
  const shut = { ...OPEN, isOpen: false, nextOpeningAt: "2026-11-30T16:45:00.000Z" };

  expect(plain(nowInWords(OPEN, at, "Asia/Kathmandu"))).toBe(
    "Now 9:45 PM in Asia/Kathmandu · open until 10:45 PM",
  );
  expect(plain(nowInWords(shut, at, "America/New_York"))).toBe(
    "Now 11:00 AM in America/New York · closed until 11:45 AM",
  );
  expect(plain(nowInWords({ ...OPEN, nextClosingAt: null }, at, "UTC"))).toBe(
    "Now 4:00 PM in UTC · never closes",
  );
});

function plain(words: string): string {
  return words.replaceAll("\u202f", " ");
}
