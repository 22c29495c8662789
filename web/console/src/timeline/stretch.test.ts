// @vitest-environment happy-dom
import { expect, it } from "vitest";

import { randomOf } from "../desk/testing.ts";
import { firstPositionSince, type Mark } from "./stretch.ts";

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
