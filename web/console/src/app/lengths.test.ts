import { expect, it } from "vitest";

import {
  aboutWords,
  clockWords,
  exactWords,
  figureWords,
  fullWords,
  HOUR,
  MINUTE,
  SECOND,
  spokenWords,
} from "./lengths.ts";

it.each([
  [-5_000, "0:00"],
  [42_999, "0:42"],
  [12 * MINUTE + 5_000, "12:05"],
  [62 * MINUTE + 9_000, "1:02:09"],
  [47 * HOUR, "47:00:00"],
  [72 * HOUR, "3 d"],
])("a clock that ran for %d says %s", (length, said) => {
  expect(clockWords(length)).toBe(said);
});

it.each([
  [900, "0 s", "0 seconds"],
  [59_000, "59 s", "59 seconds"],
  [MINUTE, "1 min", "1 minute"],
  [1.6 * MINUTE, "2 min", "2 minutes"],
  [119 * MINUTE, "119 min", "119 minutes"],
  [3 * HOUR, "3 h", "3 hours"],
  [80 * HOUR, "3 d", "3 days"],
])("%d is about %s", (length, short, spoken) => {
  expect(aboutWords(length)).toBe(short);
  expect(spokenWords(length)).toBe(spoken);
});

it.each([
  [59_999, "59 s"],
  [1.9 * MINUTE, "1 min"],
  [119.9 * MINUTE, "119 min"],
  [2.9 * HOUR, "2 h"],
  [47.9 * HOUR, "47 h"],
  [48 * HOUR, "2 d"],
])("of %d it is %s that are full", (length, said) => {
  expect(fullWords(length)).toBe(said);
});

it.each([
  [0, "0 s", "0 min"],
  [90 * SECOND, "1 min 30 s", "1 min"],
  [HOUR, "1 h", "1 h"],
  [90 * MINUTE, "1 h 30 min", "1 h 30 min"],
  [48 * HOUR, "48 h", "48 h"],
])("%d is exactly %s, to the minute %s", (length, toTheSecond, toTheMinute) => {
  expect(exactWords(length)).toBe(toTheSecond);
  expect(exactWords(length, MINUTE)).toBe(toTheMinute);
});

it.each([
  [12_400, "12 s"],
  [270_000, "4:30 min"],
  [65 * MINUTE, "1:05 h"],
])("%d stands in a column as %s", (length, said) => {
  expect(figureWords(length)).toBe(said);
});
