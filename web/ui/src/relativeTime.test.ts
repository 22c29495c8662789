import { describe, expect, it } from "vitest";

import { briefTime, relativeTime } from "./relativeTime.ts";

const reader = { locale: "en-GB", timeZone: "UTC" };
// Which dots, commas and abbreviations a locale uses changes with the runtime's language data.
const plain = (text: string) =>
  text
    .replace(/[.,]/gu, "")
    .replace(/(\d+) (?:min|m)\b/u, "$1m")
    .replace(/(\d+) (?:hr|h)\b/u, "$1h");
const now = "2026-11-24T14:00:00.000Z";

describe("relativeTime", () => {
  it.each([
    ["2026-11-24T13:59:30.000Z", "now"],
    ["2026-11-24T13:56:00.000Z", "4m ago"],
    ["2026-11-24T11:00:00.000Z", "3h ago"],
    ["2026-11-24T01:00:00.000Z", "13h ago"],
    ["2026-11-23T16:00:00.000Z", "yesterday"],
    ["2026-11-20T16:00:00.000Z", "Fri"],
    ["2026-11-01T16:00:00.000Z", "1 Nov"],
    ["2025-11-01T16:00:00.000Z", "1 Nov 2025"],
    ["2026-11-24T14:04:00.000Z", "in 4m"],
  ])("says %s as %s", (at, words) => {
    expect(plain(relativeTime(at, now, reader))).toBe(plain(words));
  });

  it("speaks the reader's language", () => {
    expect(relativeTime("2026-11-23T10:00:00.000Z", now, { locale: "de", timeZone: "UTC" })).toBe("gestern");
  });
});

describe("briefTime", () => {
  it.each([
    ["2026-11-24T13:59:30.000Z", "now"],
    ["2026-11-24T13:56:00.000Z", "4m"],
    ["2026-11-24T01:00:00.000Z", "13h"],
    ["2026-11-23T23:00:00.000Z", "yesterday"],
    ["2026-11-23T13:00:00.000Z", "yesterday"],
    ["2026-11-20T16:00:00.000Z", "Fri"],
    ["2026-11-24T14:00:01.000Z", "now"],
  ])("says %s as %s", (at, words) => {
    expect(briefTime(at, now, reader)).toBe(words);
  });
});
