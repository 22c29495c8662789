// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, currentDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, aMessage, ME, told } from "../desk/testing.ts";
import { disconnect } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { entryOf } from "../timeline/entries.ts";
import { useTimelines } from "../timeline/follow.ts";
import { LOADING, withEntry } from "../timeline/timeline.ts";
import { lookAt } from "./presence.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  const entry = entryOf(told("message.created", { message: aMessage() }), 1);
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

it("takes what came from a colleague for looked at, also when it comes while it is open", async () => {
  replaceDesk(emptyDesk(ME));
  changeDesk((desk) => confirm(desk, aConversation({ id: "c1" })));
  const end = lookAt("c1");
  await vi.advanceTimersByTimeAsync(1_000);

  changeDesk((desk) => desk.arrived.add("c1"));

  expect(currentDesk().arrived.size).toBe(0);
  end();
});
