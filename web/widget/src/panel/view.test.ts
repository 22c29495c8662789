import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TestPanel } from "./testPanel.tsx";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("test_T18 what was half written a moment before a logout is not kept after it", async () => {
  const { view, desk, kept } = new TestPanel({}, "T0");
  view.draft("c1", "Half a sent");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(kept).toEqual(['[["c1","Half a sent"]]']);
  view.draft("c1", "Half a sentence");

  desk.chat.become("");
  view.reset();
  await vi.advanceTimersByTimeAsync(1_000);

  expect(kept.slice(1)).toEqual([""]);
});
