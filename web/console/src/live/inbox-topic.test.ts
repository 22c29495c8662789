// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { ME } from "../desk/testing.ts";
import { followInbox, leaveInbox } from "./inbox-topic.ts";
import { disconnect, useLive } from "./live.ts";
import { LiveServer } from "./testing.ts";

beforeEach(() => {
  const server = new ApiServer();
  const nothing = { data: [], meta: { totalPages: 1 } };
  server.on(`GET /v1/conversations?status=open&assignedUser=${ME}&sort=-lastActivityAt&page=1&pageSize=50`, [
    200,
    nothing,
  ]);
  server.on("GET /v1/routing/statuses?page=1&pageSize=100", [200, nothing]);
  server.on("GET /v1/conversations/counts", [200, { data: { type: "counts", id: "o", attributes: {} } }]);
});

afterEach(() => {
  leaveInbox();
  disconnect();
  vi.unstubAllGlobals();
});

it("does not say online when the lists no longer follow", async () => {
  const live = new LiveServer();
  await live.connects();
  await followInbox(ME);
  expect(live.of("subscribe")).toMatchObject([{ topic: "inbox" }]);
  expect(useLive.getState().state).toBe("online");

  const error = { status: 404, code: "notfound", title: "Not Found" };
  live.says({ op: "refused", id: null, of: "subscribe", topic: "inbox", error });

  expect(useLive.getState().state).toBe("refused");
});
