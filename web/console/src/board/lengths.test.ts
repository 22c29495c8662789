import { expect, it } from "vitest";

import { aboutWords, clockWords, spokenWords } from "./lengths.ts";

const MINUTE = 60_000;

it.each([
  [-5_000, "0:00"],
  [42_999, "0:42"],
  [12 * MINUTE + 5_000, "12:05"],
  [62 * MINUTE + 9_000, "1:02:09"],
  [47 * 60 * MINUTE, "47:00:00"],
  [72 * 60 * MINUTE, "3 d"],
])("a clock that ran for %d says %s", (length, said) => {
  expect(clockWords(length)).toBe(said);
});

it.each([
  [900, "0 s", "0 seconds"],
  [59_000, "59 s", "59 seconds"],
  [MINUTE, "1 min", "1 minute"],
  [119 * MINUTE, "119 min", "119 minutes"],
  [3 * 60 * MINUTE, "3 h", "3 hours"],
])("%d is about %s", (length, short, spoken) => {
  expect(aboutWords(length)).toBe(short);
  expect(spokenWords(length)).toBe(spoken);
});
