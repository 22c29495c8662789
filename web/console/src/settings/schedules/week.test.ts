import { describe, expect, it } from "vitest";

import { randomOf } from "../../desk/testing.ts";
import {
  CELL,
  CELLS,
  DAY,
  fromClock,
  type Hours,
  isTangled,
  minutesOf,
  openIn,
  type Pair,
  PRESETS,
  paint,
  spillInto,
  toClock,
} from "./week.ts";

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);
const NIGHTS: readonly Hours[] = [[], [[1_320, 120]], [[1_380, 60]], [[545, 1_015]]];

/** Whether each minute of two days is open by the hours of the first. */
function minutes(hours: Hours): boolean[] {
  return Array.from({ length: 2 * DAY }, (_, minute) =>
    hours.some(([opens, closes]) => minute >= opens && minute < (closes < opens ? closes + DAY : closes)),
  );
}

describe("paint", () => {
  it.each(SEEDS)("changes what it is drawn over and no other minute of the day (%i)", (seed) => {
    const random = randomOf(seed);
    let hours = NIGHTS[seed % NIGHTS.length] ?? [];
    for (let number = 0; number < 12; number += 1) {
      const first = random(CELLS);
      const [since, until] = [first * CELL, (first + 1 + random(CELLS - first)) * CELL];
      const isOpen = random(2) === 0;
      const wanted = minutes(hours).slice(0, DAY).fill(isOpen, since, until);

      hours = paint(hours, since, until, isOpen);

      expect(minutes(hours).slice(0, DAY)).toEqual(wanted);
      expect(isTangled(hours)).toBe(false);
      expect(hours.every(([opens, closes]) => opens < DAY && closes > 0 && closes <= DAY)).toBe(true);
    }
  });

  it("takes the night away with its last evening hour, and no sooner", () => {
    const bar: Hours = [[1_320, 120]];

    expect(paint(bar, 1_320, 1_380, false)).toEqual([[1_380, 120]]);
    expect(paint(bar, 1_380, DAY, false)).toEqual([[1_320, 1_380]]);
  });

  it("keeps minutes that are no half hours", () => {
    expect(paint([[545, 1_015]], 720, 780, false)).toEqual([
      [545, 720],
      [780, 1_015],
    ]);
  });
});

describe("a week", () => {
  it("counts its hours once, and a night on both its days", () => {
    const bar: Pair[] = [[1_320, 120]];

    expect(minutesOf(PRESETS.office)).toBe(40 * 60);
    expect(minutesOf(PRESETS.always)).toBe(7 * DAY);
    expect(minutesOf(PRESETS.none)).toBe(0);
    expect(minutesOf([[[60, 180]], [], [], [], [], [], bar])).toBe(5 * 60);
    expect(spillInto([[], [], [], [], [], [], bar], 0)).toBe(120);
  });

  it("is tangled when hours meet or take no time", () => {
    expect(
      isTangled([
        [540, 720],
        [720, 780],
      ]),
    ).toBe(false);
    expect(
      isTangled([
        [540, 720],
        [700, 780],
      ]),
    ).toBe(true);
    expect(isTangled([[540, 540]])).toBe(true);
    expect(
      isTangled([
        [1_320, 120],
        [1_380, 1_400],
      ]),
    ).toBe(true);
  });

  it("knows how much of a half hour is open", () => {
    expect(openIn([[545, 1_020]], 18)).toBe(25);
    expect(openIn([[1_320, 120]], 47)).toBe(30);
    expect(openIn([[1_320, 120]], 0)).toBe(0);
  });
});

it("reads times as their fields have them", () => {
  expect(toClock(DAY)).toBe("00:00");
  expect(toClock(545)).toBe("09:05");
  expect(fromClock("00:00", true)).toBe(DAY);
  expect(fromClock("00:00", false)).toBe(0);
  expect(fromClock("09:05", true)).toBe(545);
  expect(fromClock("", false)).toBeNull();
});
