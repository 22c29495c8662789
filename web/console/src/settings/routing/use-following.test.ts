// @vitest-environment happy-dom
import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../../api/testing.ts";
import { ME } from "../../desk/testing.ts";
import { followInbox, leaveInbox } from "../../live/inbox-topic.ts";
import { disconnect } from "../../live/live.ts";
import { LiveServer } from "../../live/testing.ts";
import { useFollowing } from "./use-following.ts";

let live: LiveServer;
let isHidden = false;

beforeEach(async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const server = new ApiServer();
  const nothing = { data: [], meta: { totalPages: 1 } };
  server.on(`GET /v1/conversations?status=open&assignedUser=${ME}&sort=-lastActivityAt&page=1&pageSize=50`, [
    200,
    nothing,
  ]);
  server.on("GET /v1/routing/statuses?page=1&pageSize=100", [200, nothing]);
  server.on("GET /v1/conversations/counts", [200, { data: { type: "counts", id: "o", attributes: {} } }]);
  isHidden = false;
  Object.defineProperty(document, "visibilityState", {
    configurable: true,
    get: () => (isHidden ? "hidden" : "visible"),
  });
  live = new LiveServer();
  await live.connects();
  await followInbox(ME);
});

afterEach(() => {
  leaveInbox();
  disconnect();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function follows(options?: { work: boolean }): ReturnType<typeof vi.fn<() => void>> {
  const reload = vi.fn<() => void>();
  renderHook(() => useFollowing(reload, options));
  return reload;
}

async function happens(kind: string, ms = 4_000): Promise<void> {
  live.position += 1;
  const event = { kind, at: "2026-11-29T12:00:00.000Z", data: {} };
  live.says({ op: "event", topic: "inbox", position: live.position, event } as never);
  await vi.advanceTimersByTimeAsync(ms);
}

it("asks again when somebody joins a team, or how work is given changes, and never by itself", async () => {
  const reload = follows();

  await vi.advanceTimersByTimeAsync(120_000);
  await happens("conversation.ended");
  expect(reload).not.toHaveBeenCalled();
  for (const kind of ["team.members_changed", "queue.created", "routing.settings_changed"])
    await happens(kind);

  expect(reload).toHaveBeenCalledTimes(3);
});

it("asks once for much that happens together", async () => {
  const reload = follows({ work: true });

  for (let times = 0; times < 30; times += 1) await happens("conversation.ended", 50);
  await vi.advanceTimersByTimeAsync(4_000);

  expect(reload).toHaveBeenCalledTimes(1);
});

it("waits while nobody looks, and asks as soon as somebody does", async () => {
  const reload = follows();
  isHidden = true;

  await happens("team.deleted");
  expect(reload).not.toHaveBeenCalled();
  isHidden = false;
  document.dispatchEvent(new Event("visibilitychange"));

  expect(reload).toHaveBeenCalledTimes(1);
});
