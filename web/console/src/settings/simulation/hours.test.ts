import { expect, it } from "vitest";

import { arrivedIn, dayFrom, scaleFor } from "./hours.ts";
import type { Simulation } from "./simulations.ts";

it("goes through a day once, in the order of the reader's clock", () => {
  const at = Date.parse("2026-11-02T08:00:00.000Z");

  const day = dayFrom(at);

  expect(day.map(({ hour }) => hour).sort((one, other) => one - other)).toEqual([...Array(24).keys()]);
  const [first] = day;
  const midnight = new Date(Date.UTC(2026, 10, 2, first?.hour ?? -1));
  expect(midnight.getHours()).toBe(0);
});

it("knows how much came in an hour from what was played before", () => {
  const arrivals = [3, 5, 2, 0];
  const before = { bucketMs: 30 * 60_000, whole: { series: { arrivals } } };
  const played = { from: "2026-11-02T08:00:00.000Z", outcome: { before } } as unknown as Simulation;

  const hours = arrivedIn(played);

  expect(hours?.slice(7, 11)).toEqual([0, 8, 2, 0]);
  expect(arrivedIn({ ...played, outcome: null })).toBeNull();
});

it("leaves room above the highest bar", () => {
  expect(scaleFor([0, 3, null])).toBe(20);
  expect(scaleFor([90])).toBe(200);
  expect(scaleFor([5_000])).toBe(5_000);
});
