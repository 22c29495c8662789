// @vitest-environment happy-dom
import type { AgentEvent } from "@kithdesk/api-client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { ME } from "../desk/testing.ts";
import { followInbox, leaveInbox } from "../live/inbox-topic.ts";
import { disconnect } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { followBoard, useBoard } from "./follow.ts";
import { aBoard, PATH } from "./testing.ts";

let server: ApiServer;
let live: LiveServer;
let stop: () => void;
let isHidden = false;

beforeEach(async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  server = new ApiServer();
  const nothing = { data: [], meta: { totalPages: 1 } };
  server.on(`GET /v1/conversations?status=open&assignedUser=${ME}&sort=-lastActivityAt&page=1&pageSize=50`, [
    200,
    nothing,
  ]);
  server.on("GET /v1/routing/statuses?page=1&pageSize=100", [200, nothing]);
  server.on("GET /v1/conversations/counts", [200, { data: { type: "counts", id: "o", attributes: {} } }]);
  server.on(PATH, [200, { data: aBoard() }]);
  isHidden = false;
  Object.defineProperty(document, "visibilityState", {
    configurable: true,
    get: () => (isHidden ? "hidden" : "visible"),
  });
  live = new LiveServer();
  await live.connects();
  await followInbox(ME);
  useBoard.setState({ board: null, problem: null });
});

afterEach(() => {
  stop();
  leaveInbox();
  disconnect();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const reads = () => server.bodies(PATH).length;

async function begins(): Promise<void> {
  stop = followBoard();
  await vi.advanceTimersByTimeAsync(1_500);
  expect(reads()).toBe(1);
}

function happens(kind: string): void {
  live.position += 1;
  const event = { kind, id: `e${live.position}`, at: "2026-11-29T12:00:00.000Z", data: {} };
  live.says({ op: "event", topic: "inbox", position: live.position, event: event as unknown as AgentEvent });
}

it("reads again at once when something moved, and not for what moved nothing", async () => {
  await begins();

  happens("visitor.pinged");
  await vi.advanceTimersByTimeAsync(500);
  expect(reads()).toBe(1);
  happens("work.wrapped_up");
  await vi.advanceTimersByTimeAsync(50);
  expect(reads()).toBe(2);
});

it("reads once a second, however much happens", async () => {
  await begins();

  for (let times = 0; times < 40; times += 1) {
    happens("work.wrapped_up");
    await vi.advanceTimersByTimeAsync(50);
  }
  await vi.advanceTimersByTimeAsync(1_000);

  expect(reads()).toBeGreaterThanOrEqual(3);
  expect(reads()).toBeLessThanOrEqual(5);
  const before = reads();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(reads()).toBe(before);
});

it("reads again what happened while it was being read", async () => {
  const answer = server.late(PATH);
  stop = followBoard();
  await vi.advanceTimersByTimeAsync(10);
  happens("work.wrapped_up");
  await vi.advanceTimersByTimeAsync(3_000);
  expect(reads()).toBe(1);

  answer([200, { data: aBoard() }]);
  await vi.advanceTimersByTimeAsync(100);

  expect(reads()).toBe(2);
});

it("keeps the last board when it cannot be read, says why, and tries less and less often", async () => {
  await begins();
  const { board } = useBoard.getState();
  server.isAway = true;
  happens("work.wrapped_up");
  await vi.advanceTimersByTimeAsync(100);
  expect(useBoard.getState().board).toBe(board);
  expect(useBoard.getState().problem).not.toBeNull();

  const failed = reads();
  await vi.advanceTimersByTimeAsync(3_500);
  expect(reads() - failed).toBeLessThanOrEqual(2);
  server.isAway = false;
  await vi.advanceTimersByTimeAsync(10_000);

  expect(useBoard.getState().problem).toBeNull();
});

it("does not read for a page that nobody looks at, and reads when somebody comes back", async () => {
  await begins();
  isHidden = true;
  happens("work.wrapped_up");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads()).toBe(1);

  isHidden = false;
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(100);

  expect(reads()).toBe(2);
});

it("asks nothing more once nobody follows", async () => {
  await begins();
  stop();

  happens("work.wrapped_up");
  await vi.advanceTimersByTimeAsync(60_000);

  expect(reads()).toBe(1);
});
