import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { type InTurn, inTurn } from "./in-turn.ts";

const PAUSE_MS = 2_000;

let asked: { signal: AbortSignal; answer: () => void; fail: () => void }[];
let question: InTurn;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  question = inTurn(
    (signal) =>
      new Promise((resolve, reject) => {
        asked.push({ signal, answer: resolve, fail: () => reject(new Error("away")) });
      }),
    PAUSE_MS,
  );
});

afterEach(() => vi.useRealTimers());

const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it("is asked once after a while, however much happens", async () => {
  question.soon();
  await passes(PAUSE_MS / 2);
  question.soon();

  await passes(PAUSE_MS);

  expect(asked).toHaveLength(1);
});

it("waits for an answer that takes long, and is asked again once it is there", async () => {
  question.now();
  question.soon();
  await passes(10 * PAUSE_MS);
  expect(asked).toHaveLength(1);

  asked[0]?.answer();
  await passes(PAUSE_MS);

  expect(asked).toHaveLength(2);
});

it("is asked again after a failure when something happens, and not by itself", async () => {
  question.now();
  asked[0]?.fail();
  await passes(10 * PAUSE_MS);
  expect(asked).toHaveLength(1);

  question.soon();
  await passes(PAUSE_MS);

  expect(asked).toHaveLength(2);
});

it("drops the answer when it is over, and is asked no more", async () => {
  question.now();
  question.soon();

  question.stop();

  expect(asked[0]?.signal.aborted).toBe(true);
  asked[0]?.answer();
  await passes(10 * PAUSE_MS);
  expect(asked).toHaveLength(1);
});
