// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { ME } from "../desk/testing.ts";
import { followInbox, leaveInbox } from "../live/inbox-topic.ts";
import { disconnect } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { followViews, loadViews, useViews } from "./views.ts";

const IDS = Array.from({ length: 60 }, (_, number) => `v${number}`);

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  const views = IDS.map((id) => ({ type: "view", id, attributes: { name: id } }));
  server.on("GET /v1/views?page=1&pageSize=100", [200, { data: views, meta: { totalPages: 1 } }]);
});

it("counts every view, and not only those of a first page", async () => {
  server.on("GET /v1/views/counts?pageSize=200", [
    200,
    { data: IDS.map((id) => ({ type: "view_count", id, attributes: { count: 1, isCapped: false } })) },
  ]);

  await loadViews();

  expect([...useViews.getState().counts.keys()]).toEqual(IDS);
});

it("keeps the order that a view is in", async () => {
  const sort = [{ conversation_sla_due_at: "asc" }];
  const attributes = { name: "At risk", query: { and: [] }, sort };
  const plain = { name: "Plain", query: { or: [] }, sort: [] };
  server.on("GET /v1/views?page=1&pageSize=100", [
    200,
    {
      data: [
        { type: "view", id: "v1", attributes },
        { type: "view", id: "v2", attributes: plain },
      ],
    },
  ]);

  await loadViews();

  expect(useViews.getState().views.map(({ query }) => query)).toEqual([{ and: [], sort }, { or: [] }]);
});

const AT = "2026-01-01T10:00:00.000Z";

async function follows(): Promise<LiveServer> {
  const nothing = { data: [], meta: { totalPages: 1 } };
  server.on(`GET /v1/conversations?status=open&assignedUser=${ME}&sort=-lastActivityAt&page=1&pageSize=50`, [
    200,
    nothing,
  ]);
  server.on("GET /v1/routing/statuses?page=1&pageSize=100", [200, nothing]);
  server.on("GET /v1/conversations/counts", [200, { data: { type: "counts", id: "o", attributes: {} } }]);
  server.on("GET /v1/views/counts?pageSize=200", [200, { data: [] }]);
  const live = new LiveServer();
  await live.connects();
  await followInbox(ME);
  return live;
}

function views(...names: string[]): [number, object] {
  const data = names.map((name) => ({ type: "view", id: name, attributes: { name } }));
  return [200, { data, meta: { totalPages: 1 } }];
}

afterEach(() => {
  leaveInbox();
  disconnect();
  useViews.setState({ state: "unasked", views: [], counts: new Map() });
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function says(live: LiveServer, told: object): void {
  live.position += 1;
  const event = { ...told, at: AT, actor: { type: "user", id: "u2", displayName: "Ben" } };
  live.says({ op: "event", topic: "inbox", position: live.position, event } as never);
}

const SAVED = { kind: "view.saved", data: { view: "v2", context: "customer", isShared: true } };
const VIEWS = "GET /v1/views?page=1&pageSize=100";
const COUNTS = "GET /v1/views/counts?pageSize=200";
const timesAsked = (what: string) => server.bodies(what).length;

it.each([
  ["saved by a colleague", SAVED],
  ["removed in another tab", { kind: "view.removed", data: { view: "v1" } }],
])("reads the views anew when one is %s", async (_what, told) => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const live = await follows();
  server.on(VIEWS, views("Before"));
  await loadViews();
  const stop = followViews();

  server.on(VIEWS, views("After"));
  says(live, told);

  await vi.waitFor(() => expect(useViews.getState().views.map(({ name }) => name)).toEqual(["After"]));
  stop();
});

it("asks at a time of its own, and counts no sooner than at other times", async () => {
  const live = await follows();
  await loadViews();
  const before = timesAsked(VIEWS);
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const stop = followViews();

  says(live, SAVED);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(timesAsked(VIEWS)).toBe(before);
  await vi.advanceTimersByTimeAsync(1_000);

  expect(timesAsked(VIEWS)).toBe(before + 1);
  expect(timesAsked(COUNTS)).toBe(1);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(timesAsked(COUNTS)).toBeGreaterThan(1);
  stop();
});

it("waits for one list before it asks for another", async () => {
  const live = await follows();
  await loadViews();
  const before = timesAsked(VIEWS);
  vi.useFakeTimers();
  const stop = followViews();
  const answer = server.late(VIEWS);
  says(live, SAVED);
  await vi.advanceTimersByTimeAsync(10_000);
  server.on(VIEWS, views("Newest"));
  says(live, SAVED);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(timesAsked(VIEWS)).toBe(before + 1);

  answer(views("Older") as never);
  await vi.advanceTimersByTimeAsync(10_000);

  expect(useViews.getState().views.map(({ name }) => name)).toEqual(["Newest"]);
  stop();
});

it("keeps what a view asks for as the same object, and the view too, unless they are others", async () => {
  await follows();
  const view = (name: string, query: object) => ({ type: "view", id: name[0], attributes: { name, query } });
  const answer = (...data: object[]) => server.on(VIEWS, [200, { data, meta: { totalPages: 1 } }]);
  answer(view("a", { and: [] }), view("b", { and: [] }), view("c", { and: [] }));
  await loadViews();
  const [same, renamed, changed] = useViews.getState().views;

  answer(view("a", { and: [] }), view("b2", { and: [] }), view("c", { or: [] }));
  await loadViews();

  const now = useViews.getState().views;
  expect(now[0]).toBe(same);
  expect(now[1]?.name).toBe("b2");
  expect(now[1]?.query).toBe(renamed?.query);
  expect(now[2]?.query).not.toBe(changed?.query);
});
