import { describe, expect, it } from "vitest";

import { asFieldValue, customSnooze, snoozeChoices } from "./snooze.ts";

describe("snoozeChoices", () => {
  it("offers only what lies ahead, each moment once, on every hour of a week", () => {
    for (let hour = 0; hour < 24 * 7; hour += 1) {
      const now = new Date(2026, 10, 23, hour, 30);
      const times = snoozeChoices(now).map(({ until }) => until.getTime());
      expect(Math.min(...times)).toBeGreaterThan(now.getTime());
      expect(new Set(times).size).toBe(times.length);
    }
  });

  it("offers this evening while there is one", () => {
    const labels = (hour: number) => snoozeChoices(new Date(2026, 10, 24, hour)).map(({ label }) => label);
    expect(labels(9)).toContain("This evening");
    expect(labels(17)).not.toContain("This evening");
  });

  it("means the coming Monday at nine", () => {
    const monday = snoozeChoices(new Date(2026, 10, 24, 10)).find(({ label }) => label === "Monday morning");
    expect(monday?.until).toEqual(new Date(2026, 10, 30, 9));
  });
});

describe("customSnooze", () => {
  const now = new Date(2026, 10, 24, 10);

  it("takes a moment to come and nothing else", () => {
    expect(customSnooze("2026-11-24T10:01", now)).toEqual(new Date(2026, 10, 24, 10, 1));
    expect(customSnooze("2026-11-24T10:00", now)).toBeNull();
    expect(customSnooze("", now)).toBeNull();
  });

  it("reads back what the field shows", () => {
    expect(customSnooze(asFieldValue(new Date(2026, 10, 25, 9, 5)), now)).toEqual(
      new Date(2026, 10, 25, 9, 5),
    );
  });
});
