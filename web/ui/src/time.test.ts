import { describe, expect, it } from "vitest";

import {
  briefTime,
  clockTime,
  dayLabel,
  daysBetween,
  exactTime,
  relativeTime,
  upcomingTime,
} from "./time.ts";

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

describe("labels", () => {
  it("gives the whole truth on request", () => {
    expect(plain(exactTime(now, reader))).toBe("Tuesday 24 November 2026 at 14:00");
    expect(clockTime(now, { ...reader, timeZone: "Europe/Berlin" })).toBe("15:00");
  });

  it("names days", () => {
    expect(dayLabel("2026-11-24T00:00:00.000Z", now, reader)).toBe("Today");
    expect(dayLabel("2026-11-23T00:00:00.000Z", now, reader)).toBe("Yesterday");
    expect(plain(dayLabel("2026-11-02T00:00:00.000Z", now, reader))).toBe("Monday 2 November");
    expect(plain(dayLabel("2025-11-03T00:00:00.000Z", now, reader))).toBe("Monday 3 November 2025");
  });

  it("says when something comes back", () => {
    expect(upcomingTime("2026-11-24T18:30:00.000Z", now, reader)).toBe("18:30");
    expect(upcomingTime("2026-11-25T09:00:00.000Z", now, reader)).toBe("tomorrow, 09:00");
    expect(upcomingTime("2026-11-27T09:00:00.000Z", now, reader)).toBe("Fri, 09:00");
    expect(upcomingTime("2026-12-12T09:00:00.000Z", now, reader)).toBe("12 Dec, 09:00");
  });
});

describe("daysBetween", () => {
  it("counts calendar days across the change of the clock", () => {
    expect(daysBetween("2026-03-28T23:30:00.000Z", "2026-03-29T22:30:00.000Z", "Europe/Berlin")).toBe(1);
    expect(daysBetween("2026-11-24T23:59:00.000Z", "2026-11-25T00:01:00.000Z", "UTC")).toBe(1);
    expect(daysBetween(now, now, "UTC")).toBe(0);
  });
});
