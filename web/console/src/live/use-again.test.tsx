import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { useTryingAgain } from "./use-again.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const passes = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1_000));

it("tries again every few seconds for as long as it has failed", async () => {
  const again = vi.fn().mockRejectedValue(new Error("away"));
  const { rerender } = renderHook(({ hasFailed }) => useTryingAgain(hasFailed, again), {
    initialProps: { hasFailed: false },
  });
  await passes(30);
  expect(again).not.toHaveBeenCalled();

  rerender({ hasFailed: true });
  await passes(30);
  expect(again).toHaveBeenCalledTimes(3);

  rerender({ hasFailed: false });
  await passes(60);
  expect(again).toHaveBeenCalledTimes(3);
});

it("tries at once when the browser is online again", async () => {
  const again = vi.fn().mockResolvedValue(undefined);
  renderHook(() => useTryingAgain(true, again));

  dispatchEvent(new Event("online"));

  expect(again).toHaveBeenCalledTimes(1);
});

it("begins no second try while one is under way", async () => {
  const again = vi.fn().mockReturnValue(new Promise(() => undefined));
  renderHook(() => useTryingAgain(true, again));

  await passes(60);
  dispatchEvent(new Event("online"));

  expect(again).toHaveBeenCalledTimes(1);
});
