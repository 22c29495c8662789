import { expect, it } from "vitest";

import { differenceOf, MEASURES, type Measure } from "./comparing.ts";
import { words } from "./en.ts";
import type { Measured } from "./simulations.ts";

const measure = (label: string) => MEASURES.find((one) => one.label === label) as Measure;

function difference(label: string, was: object, would: object) {
  return differenceOf(measure(label), was as Measured, would as Measured).text;
}

const longest = (milliseconds: number) => ({ wait: { longest: milliseconds } });
const kept = (met: number, missed: number) => ({ kept: { met, missed } });

it("is the difference of what is read, not of what was rounded away", () => {
  expect(difference(words.longest, longest(9_600), longest(5_400))).toBe("−5 s");
  expect(difference(words.longest, longest(3_661_000), longest(3_719_000))).toBe(words.none);
  expect(difference(words.longest, longest(3_661_000), longest(1_800_000))).toBe("−31:00 min");
  expect(difference(words.kept, kept(666, 334), kept(674, 326))).toBe(words.none);
  expect(difference(words.kept, kept(664, 336), kept(676, 324))).toBe("+2\u00a0%");
});
