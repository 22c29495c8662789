import { expect, it } from "vitest";

import { upcomingTime } from "./upcomingTime.ts";

const reader = { locale: "en-GB", timeZone: "UTC" };
const now = "2026-11-24T14:00:00.000Z";

it("says when something comes back", () => {
  expect(upcomingTime("2026-11-24T18:30:00.000Z", now, reader)).toBe("18:30");
  expect(upcomingTime("2026-11-25T09:00:00.000Z", now, reader)).toBe("tomorrow, 09:00");
  expect(upcomingTime("2026-11-27T09:00:00.000Z", now, reader)).toBe("Fri, 09:00");
  expect(upcomingTime("2026-12-12T09:00:00.000Z", now, reader)).toBe("12 Dec, 09:00");
});
