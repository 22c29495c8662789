// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { disconnect } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { readEntry } from "../timeline/entries.ts";
import { useTimelines } from "../timeline/follow.ts";
import { LOADING, withEntry } from "../timeline/timeline.ts";
import { lookAt } from "./presence.ts";

const AT = "2026-11-24T12:00:00.000Z";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  const message = { id: "m1", conversation: "c1", direction: "in", kind: "message", body: "Hi", sentAt: AT };
  const entry = readEntry({ kind: "message.created", at: AT, data: { message } }, 1);
  if (entry !== null) useTimelines.setState({ timelines: new Map([["c1", withEntry(LOADING, entry)]]) });
});

afterEach(() => {
  disconnect();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("tells once what was seen", async () => {
  const live = new LiveServer();
  await live.connects();
  const end = lookAt("c1");

  await vi.advanceTimersByTimeAsync(1_000);
  dispatchEvent(new Event("focus"));

  expect(live.of("read")).toEqual([{ op: "read", conversation: "c1", message: "m1" }]);
  end();
});

it("tells what was seen without a connection as soon as there is one", async () => {
  const end = lookAt("c1");
  await vi.advanceTimersByTimeAsync(1_000);

  const live = new LiveServer();
  await live.connects();

  expect(live.of("read")).toEqual([{ op: "read", conversation: "c1", message: "m1" }]);
  expect(live.of("viewing")).toEqual([{ op: "viewing", conversation: "c1" }]);
  end();
});
