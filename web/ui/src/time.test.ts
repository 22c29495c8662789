import { describe, expect, it } from "vitest";

import { clockTime, dayLabel, daysBetween, exactTime } from "./time.ts";

const reader = { locale: "en-GB", timeZone: "UTC" };
// Which dots and commas a locale uses changes with the runtime's language data.
const plain = (text: string) => text.replace(/[.,]/gu, "");
const now = "2026-11-24T14:00:00.000Z";

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
});

describe("daysBetween", () => {
  it("counts calendar days across the change of the clock", () => {
    expect(daysBetween("2026-03-28T23:30:00.000Z", "2026-03-29T22:30:00.000Z", "Europe/Berlin")).toBe(1);
    expect(daysBetween("2026-11-24T23:59:00.000Z", "2026-11-25T00:01:00.000Z", "UTC")).toBe(1);
    expect(daysBetween(now, now, "UTC")).toBe(0);
  });
});
