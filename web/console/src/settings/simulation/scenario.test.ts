import { expect, it } from "vitest";

import {
  hasOddNumbers,
  hasOddOverflow,
  hoursOf,
  numberAt,
  placeOf,
  presenceOf,
  saidAt,
  sent,
  withLeftOut,
  withNumber,
  withPresence,
  withSaid,
} from "./scenario.ts";

const PRIORITY = ["queues", "q1", "priority"];

it("says nothing of what is as it is today", () => {
  const changed = withNumber({}, PRIORITY, 10, 50);

  expect(changed).toEqual({ queues: { q1: { priority: 10 } } });
  expect(withNumber(changed, PRIORITY, 50, 50)).toEqual({});
});

it("leaves what it cannot show as somebody typed it", () => {
  const typed = {
    acceptSeconds: 7,
    queues: { q1: { acceptance: "manual", priority: 10 }, q2: { weight: 2 } },
    load: { seed: 3 },
  };

  const changed = withNumber(withNumber(typed, PRIORITY, 50, 50), ["load", "factor"], 1.5, 1);

  expect(changed).toEqual({
    acceptSeconds: 7,
    queues: { q1: { acceptance: "manual" }, q2: { weight: 2 } },
    load: { seed: 3, factor: 1.5 },
  });
});

it("keeps that an agent can nothing at all, for that says something", () => {
  expect(withSaid({}, ["skills", "u1"], {})).toEqual({ skills: { u1: {} } });
});

it("finds a queue under the key that somebody typed", () => {
  const queue = { id: "q1", key: "returns" };

  expect(placeOf({ queues: { returns: {} } }, queue)).toEqual(["queues", "returns"]);
  expect(placeOf({}, queue)).toEqual(["queues", "q1"]);
});

it("knows an empty field from one that nobody touched", () => {
  expect(numberAt({}, PRIORITY, 50)).toBe(50);
  expect(numberAt(withNumber({}, PRIORITY, null, 50), PRIORITY, 50)).toBeNull();
});

it("leaves out, and takes back, without a trace", () => {
  const without = withLeftOut({}, "u1", true);

  expect(saidAt(without, ["roster", "remove"])).toEqual(["u1"]);
  expect(withLeftOut(without, "u1", false)).toEqual({});
});

it("has a group there by hours, as somebody was, or while anybody is", () => {
  const kim = { name: "Kim", like: "u1" };
  const inHours = withPresence(kim, "schedule:s1");

  expect(inHours).toEqual({ name: "Kim", schedule: "s1" });
  expect([kim, inHours, { name: "Kim" }].map(presenceOf)).toEqual(["like:u1", "schedule:s1", ""]);
  expect(withPresence(inHours, "")).toEqual({ name: "Kim" });
});

it("sends no group of nobody", () => {
  expect(sent({ roster: { add: [{ count: 0, team: "t1" }, { name: "Kim" }] } })).toEqual({
    roster: { add: [{ name: "Kim" }] },
  });
});

it.each([
  [{ queues: { q1: { priority: null } } }],
  [{ queues: { q1: { weight: 1_001 } } }],
  [{ teams: { "": { capacityPerAgent: 1.5 } } }],
  [{ roster: { add: [{ count: 101 }] } }],
  [{ acceptSeconds: 86_401 }],
  [{ load: { factor: 6 } }],
  [{ load: { perHour: [1, 2] } }],
  [{ load: { perHour: Array(24).fill(5_001) } }],
])("refuses numbers that the server would: %j", (scenario) => {
  expect(hasOddNumbers(scenario)).toBe(true);
});

it("lets numbers pass that the server takes", () => {
  const scenario = {
    queues: { q1: { overflow: { toQueue: "q2", afterSeconds: null, overWaiting: 3 } } },
    rules: [{ queue: "q1", priority: null }],
    load: { perHour: Array(24).fill(0.5) },
  };

  expect([hasOddNumbers(scenario), hasOddOverflow(scenario)]).toEqual([false, false]);
});

it("misses the queue or the moment of an overflow", () => {
  const overflowing = (overflow: unknown) => ({ queues: { q1: { overflow } } });

  expect(hasOddOverflow(overflowing({ toQueue: null, overWaiting: 3 }))).toBe(true);
  expect(hasOddOverflow(overflowing({ toQueue: "q2" }))).toBe(true);
  expect(hasOddOverflow(overflowing(null))).toBe(false);
});

it("fills a day that somebody typed too short with empty fields", () => {
  expect(hoursOf({ load: { perHour: [1] } })?.slice(0, 2)).toEqual([1, null]);
  expect(hoursOf({ load: { factor: 2 } })).toBeNull();
});
