import { expect, it } from "vitest";

import type { World } from "./simulations.ts";
import { summaryOf } from "./summary.ts";

const MINUTE = 60_000;

interface Told {
  readonly longest?: number | null;
  readonly p90?: number | null;
  readonly missed?: number;
  readonly gaveUp?: number;
  readonly still?: number;
  readonly occupancy?: number | null;
}

function world({ longest = null, p90 = null, missed = 0, gaveUp = 0, still = 0, occupancy = null }: Told) {
  const whole = {
    id: "",
    name: "",
    arrivals: 9,
    served: 9,
    gaveUp,
    stillWaiting: still,
    wait: { p50: 0, p90, longest },
    kept: { met: 0, missed },
    series: { arrivals: [], waiting: [], wait: [], load: [], available: [] },
  };
  const agents = [{ id: "u1", name: "Ana", served: 1, occupancy, busy: [] }];
  return { bucketMs: MINUTE, whole, queues: [], agents } satisfies World;
}

const told = (before: Told, after: Told) => summaryOf(world(before), world(after));

it("says what becomes of the longest wait", () => {
  expect(told({ longest: 12 * MINUTE }, { longest: 4 * MINUTE })).toEqual([
    "The longest wait falls from 12 to 4 minutes.",
  ]);
  expect(told({ longest: 20_000 }, { longest: 3 * MINUTE })).toEqual([
    "The longest wait rises from 20 s to 3:00 min.",
  ]);
  expect(told({ longest: 4 * MINUTE }, { longest: 0 })).toEqual([
    "Nobody waits any more; the longest wait was 4:00 min.",
  ]);
  expect(told({}, { longest: 4 * MINUTE })).toEqual([
    "Nobody waited then; now the longest wait is 4:00 min.",
  ]);
});

it("says what becomes of most waits where the longest stays", () => {
  expect(told({ longest: 9 * MINUTE, p90: 8 * MINUTE }, { longest: 9 * MINUTE, p90: 3 * MINUTE })).toEqual([
    "The longest wait stays; what nine of ten wait at most falls from 8 to 3 minutes.",
  ]);
});

it("counts promises, and those who wait on or give up", () => {
  expect(told({ missed: 3, gaveUp: 1, still: 0 }, { missed: 1, gaveUp: 0, still: 12 })).toEqual([
    "Two fewer promises are broken.",
    "One fewer gives up waiting.",
    "12 more still wait at the end.",
  ]);
});

it("says how busy agents would be", () => {
  expect(told({ occupancy: 0.8 }, { occupancy: 0.62 })).toEqual([
    "Agents are 62\u00a0% occupied, instead of 80\u00a0%.",
  ]);
});

it("says so where nothing would have been different", () => {
  expect(told({ longest: MINUTE }, { longest: MINUTE })).toEqual([
    "Nothing that is measured here would have been different.",
  ]);
});
