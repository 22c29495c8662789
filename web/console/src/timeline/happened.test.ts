import { expect, it } from "vitest";

import { aMessage, told } from "../desk/testing.ts";
import { type Entry, entryOf } from "./entries.ts";
import { asHappened } from "./happened.ts";

const on = (day: string) => `2026-${day}T10:00:00.000Z`;

function tracked(position: number, happened: string, at: string): Entry {
  const data = { customer: "k1", name: `Event ${position}`, at: on(happened), meta: {} };
  return entryOf({ ...told("customer.tracked", data), at: on(at) }, position) as Entry;
}

const order = (entries: readonly Entry[]) => entries.map(({ position, at }) => [position, at]);

const early = tracked(1, "02-01", "02-01");
const later = tracked(2, "04-01", "04-01");

it("puts what was told late where it happened", () => {
  const late = tracked(3, "03-01", "11-29");

  expect(order(asHappened([early, later, late], false))).toEqual([
    [1, on("02-01")],
    [3, on("03-01")],
    [2, on("04-01")],
  ]);
});

it("leaves where it was told what happened before anything that is known, until all is known", () => {
  const late = tracked(3, "01-01", "11-29");

  expect(order(asHappened([early, later, late], false)).at(-1)).toEqual([3, on("11-29")]);
  expect(order(asHappened([early, later, late], true))[0]).toEqual([3, on("01-01")]);
});

it("does not draw now what is said to come", () => {
  const coming = tracked(3, "12-24", "11-29");

  expect(order(asHappened([early, coming], true)).at(-1)).toEqual([3, on("11-29")]);
});

it("puts what was said where it was said, however long ago that was and however late it was recorded", () => {
  const recorded = (position: number, sentAt: string): Entry => {
    const message = aMessage({ id: `m${position}`, sentAt: on(sentAt) });
    return entryOf({ ...told("message.created", { message }), at: on("11-29") }, position) as Entry;
  };
  const entries = [early, later, recorded(3, "01-01"), recorded(4, "03-01"), recorded(5, "11-29")];

  expect(order(asHappened(entries, false)).map(([position]) => position)).toEqual([3, 1, 4, 2, 5]);
});
