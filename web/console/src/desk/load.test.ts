import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { confirm, emptyDesk, takeCounts, takePage } from "./desk.ts";
import { loadDirectory, useDirectory } from "./directory.ts";
import { NO_COUNTS } from "./lists.ts";
import { loadAgents, loadConversation, loadCounts, loadDesk, loadMore } from "./load.ts";
import { currentDesk, replaceDesk } from "./store.ts";
import { aConversation, ME } from "./testing.ts";

const DONE = "GET /v1/conversations?status=done&sort=-lastActivityAt&page=1&pageSize=50";
const COUNTS = "GET /v1/conversations/counts";

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  replaceDesk(emptyDesk(ME));
});

afterEach(() => vi.unstubAllGlobals());

const rows = (...ids: string[]) =>
  ids.map((id) => ({ type: "x", id, attributes: { name: id, displayName: id } }));

/** Two pages of one each. */
function answerTwoPages(path: string, one: string, two: string) {
  server.on(`GET ${path}?page=1&pageSize=100`, [200, { data: rows(one), meta: { totalPages: 2 } }]);
  server.on(`GET ${path}?page=2&pageSize=100`, [200, { data: rows(two), meta: { totalPages: 2 } }]);
}

it("knows every agent, queue, team and tag, however many there are", async () => {
  for (const path of ["/v1/routing/statuses", "/v1/routing/queues", "/v1/teams", "/v1/tags"])
    answerTwoPages(path, "first", "last");

  await Promise.all([loadAgents(), loadDirectory()]);

  expect([...currentDesk().agents.keys()]).toEqual(["first", "last"]);
  const { queues, teams, tags } = useDirectory.getState();
  for (const names of [queues, teams, tags]) expect(names.map(({ name }) => name)).toEqual(["first", "last"]);
});

it.each(["answered", "refused"])(
  "a page that was asked for the old desk and %s does not touch the new one",
  async (how) => {
    const answer = server.late(DONE);
    const asking = loadMore("done");
    replaceDesk(emptyDesk(ME));

    answer(how === "answered" ? [200, { data: rows("c1"), meta: { totalPages: 3 } }] : [503, {}]);
    await asking;

    expect(currentDesk().lists.done.state).toBe("unasked");
    expect(currentDesk().conversations.size).toBe(0);
  },
);

it("counts of the old desk do not replace newer ones", async () => {
  const answer = server.late(COUNTS);
  const asking = loadCounts();
  const newer = emptyDesk(ME);
  takeCounts(newer, { ...NO_COUNTS, all: 7 }, 90);
  replaceDesk(newer);

  answer([200, { data: { type: "counts", id: "o", attributes: { all: 3 } } }]);
  await asking;

  expect(currentDesk()).toMatchObject({ counts: { all: 7 }, countsPosition: 90 });
});

it("the pages of an opened conversation survive rows, which have none", async () => {
  const pages = [
    { url: "https://shop.test/", title: "Shop", at: "2026-11-24T10:00:00.000Z" },
    { url: "https://shop.test/boots", title: "Boots", at: "2026-11-24T10:01:00.000Z" },
  ];
  const attributes = { context: { pages, currentPage: pages[1] } };
  server.on("GET /v1/conversations/c1", [200, { data: { type: "conversation", id: "c1", attributes } }]);
  await loadConversation("c1");

  takePage(currentDesk(), "all", [aConversation({ position: 90 })], { isFirst: true, isLast: true });

  expect(currentDesk().whole.has("c1")).toBe(true);
  expect(currentDesk().conversations.get("c1")).toMatchObject({
    position: 90,
    context: { pages, currentPage: pages[1] },
  });
});

it("an answer that is older than the last event still brings its pages", () => {
  const [first, second] = [
    { url: "https://shop.test/", title: "", at: "2026-11-24T10:00:00.000Z" },
    { url: "https://shop.test/boots", title: "", at: "2026-11-24T10:01:00.000Z" },
  ];
  const desk = emptyDesk(ME);
  const { context } = aConversation();
  confirm(
    desk,
    aConversation({
      preview: "New",
      position: 5,
      context: { ...context, pages: [second], currentPage: second },
    }),
  );
  confirm(
    desk,
    aConversation({
      preview: "Old",
      position: 4,
      context: { ...context, pages: [first], currentPage: first },
    }),
  );

  expect(desk.conversations.get("c1")).toMatchObject({
    preview: "New",
    context: { pages: [first, second], currentPage: second },
  });
});

it("nothing that a colleague took meanwhile is new after a reload", async () => {
  const mine = `GET /v1/conversations?status=open&assignedUser=${ME}&sort=-lastActivityAt&page=1&pageSize=50`;
  const row = (id: string, user: string) => ({
    type: "conversation",
    id,
    attributes: { status: "open", assignedUsers: [user] },
  });
  server.on(mine, [200, { data: [row("c1", ME), row("c2", "u2")], meta: { totalPages: 1 } }]);
  server.on("GET /v1/routing/statuses?page=1&pageSize=100", [200, { data: [], meta: {} }]);
  server.on(COUNTS, [200, { data: { type: "counts", id: "o", attributes: {} } }]);
  for (const id of ["c1", "c2"]) currentDesk().arrived.add(id);

  await loadDesk(ME, "mine", null);

  expect([...currentDesk().arrived]).toEqual(["c1"]);
});
