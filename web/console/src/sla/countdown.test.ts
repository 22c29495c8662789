import { expect, it } from "vitest";

import { countdownWords } from "./countdown.ts";

const AT = "2026-11-24T13:00:00.000Z";

it.each([
  ["2026-11-24T12:59:15.000Z", "45 s"],
  ["2026-11-24T12:59:00.000Z", "1 min"],
  ["2026-11-24T12:47:01.000Z", "12 min"],
  ["2026-11-24T11:01:00.000Z", "119 min"],
  ["2026-11-24T11:00:00.000Z", "2 h"],
  ["2026-11-22T13:00:01.000Z", "47 h"],
  ["2026-11-22T13:00:00.000Z", "2 d"],
])("says at %s that there is %s left", (now, words) => {
  expect(countdownWords(AT, "calm", Date.parse(now))).toBe(words);
});

it.each([
  ["2026-11-24T13:00:30.000Z", "late"],
  ["2026-11-24T13:05:30.000Z", "5 min late"],
  ["2026-11-24T17:05:30.000Z", "4 h late"],
  // This computer's clock is behind the server's.
  ["2026-11-24T12:30:00.000Z", "late"],
])("says at %s of what is broken: %s", (now, words) => {
  expect(countdownWords(AT, "late", Date.parse(now))).toBe(words);
});

it("calls nothing late before the server does", () => {
  expect(countdownWords(AT, "warned", Date.parse("2026-11-24T13:20:00.000Z"))).toBe("now");
});
