// @vitest-environment happy-dom
import { expect, it } from "vitest";

import { aMessage, randomOf, told } from "../desk/testing.ts";
import { type Entry, entryOf } from "./entries.ts";
import { asHappened } from "./happened.ts";
import { firstPositionSince, type Mark, type Stretch, withLate } from "./stretch.ts";
import { withNewestPage } from "./timeline.ts";

const DAY = 86_400_000;

/** A customer whose entries come in bursts, with months of silence between, among others' in the journal. */
function aHistory(size: number, seed: number): Mark[] {
  const random = randomOf(seed);
  let [position, at] = [1, 0];
  return Array.from({ length: size }, () => {
    position += 1 + random(random(10) === 0 ? 50_000 : 3);
    at += random(20) === 0 ? 90 * DAY : 1 + random(60_000);
    return { position, at };
  });
}

it("finds the first entry since any moment in a few questions", async () => {
  const history = aHistory(10_000, 7);
  const [first, last] = [history[0] as Mark, history.at(-1) as Mark];
  const random = randomOf(11);
  let worst = 0;
  for (let round = 0; round < 200; round += 1) {
    const moment = Math.floor((last.at * random(1_000)) / 1_000);
    let asked = 0;
    const found = await firstPositionSince(moment, { first, last }, async (after) => {
      asked += 1;
      return history.find(({ position }) => position > after) ?? null;
    });
    expect(found).toBe(history.find(({ at }) => at >= moment)?.position);
    worst = Math.max(worst, asked);
  }
  expect(worst).toBeLessThanOrEqual(64);
});

it("says that nothing has happened since", async () => {
  const mark = { position: 4, at: 1_000 };

  expect(await firstPositionSince(2_000, { first: mark, last: mark }, async () => null)).toBeNull();
});

const on = (day: string) => `2026-${day}T10:00:00.000Z`;

function said(position: number, sentAt: string, recordedAt: string): Entry {
  const message = aMessage({ id: `m${position}`, sentAt: on(sentAt) });
  return entryOf({ ...told("message.created", { message }), at: on(recordedAt) }, position) as Entry;
}

function aStretch(entries: readonly Entry[], late: readonly Entry[], more: Partial<Stretch> = {}): Stretch {
  const timeline = withNewestPage(entries, { isComplete: false, position: 99, oldest: 1 });
  return { timeline, newest: 0, hasNewer: true, newer: "idle", late, ...more };
}

const shownFrom = (day: string, stretch: Stretch) =>
  asHappened(withLate(stretch, Date.parse(`2026-${day}T00:00:00Z`)).timeline.entries, false).map(
    ({ position }) => position,
  );

it("has what was said in its time, however late it was recorded", () => {
  const inTime = [said(10, "03-02", "03-02"), said(11, "03-20", "03-20")];
  const late = [said(50, "02-01", "11-29"), said(51, "03-01", "11-29"), said(52, "03-10", "11-29")];

  expect(shownFrom("03-01", aStretch(inTime, late))).toEqual([51, 10, 52, 11]);
});

it("has what was said later once it is read so far, and what was said earlier once that is", () => {
  const inTime = [said(10, "03-02", "03-02"), said(11, "03-20", "03-20")];
  const late = [said(50, "02-01", "11-29"), said(51, "04-01", "11-29")];

  expect(shownFrom("03-01", aStretch(inTime, late, { hasNewer: false }))).toEqual([10, 11, 51]);
  expect(shownFrom("03-01", aStretch([said(9, "01-01", "01-01"), ...inTime], late))).toEqual([9, 50, 10, 11]);
});

it("begins with the day although something said before it was recorded since", () => {
  const entries = [said(10, "01-01", "11-29"), said(11, "03-02", "11-29"), said(12, "11-30", "11-30")];

  expect(shownFrom("03-01", aStretch(entries, []))).toEqual([11, 12]);
});
