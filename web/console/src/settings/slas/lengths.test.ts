import { expect, it } from "vitest";

import { isOdd, lengthOf, secondsOf } from "./lengths.ts";

it.each([
  [3_600, { amount: "1", unit: "hours" }],
  [5_400, { amount: "90", unit: "minutes" }],
  [90, { amount: "90", unit: "seconds" }],
  [172_800, { amount: "48", unit: "hours" }],
] as const)("shows %i seconds as one types them", (seconds, length) => {
  expect(lengthOf(seconds)).toEqual(length);
  expect(secondsOf(length)).toBe(seconds);
});

it("knows what nobody can promise", () => {
  expect(secondsOf({ amount: "1.5", unit: "hours" })).toBe(5_400);
  expect(secondsOf({ amount: "", unit: "hours" })).toBeNull();
  expect(isOdd({ amount: "", unit: "hours" })).toBe(false);
  for (const amount of ["0", "-1", "8785", "x"]) {
    expect(secondsOf({ amount, unit: "hours" })).toBeNull();
    expect(isOdd({ amount, unit: "hours" })).toBe(true);
  }
});
