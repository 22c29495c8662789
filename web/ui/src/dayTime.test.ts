import { expect, it } from "vitest";

import { dayTime } from "./dayTime.ts";

const reader = { locale: "en-GB", timeZone: "UTC" };
const now = "2026-11-24T00:30:00.000Z";

it.each([
  ["only the hour of today", "2026-11-24T00:03:00.000Z", "00:03"],
  ["the day with an hour before midnight", "2026-11-23T23:50:00.000Z", "23 Nov, 23:50"],
  ["the year of another year", "2025-10-04T10:05:00.000Z", "4 Oct 2025, 10:05"],
])("says %s", (_, at, said) => {
  expect(dayTime(at, now, reader)).toBe(said);
});
