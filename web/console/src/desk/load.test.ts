import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { emptyDesk, takeCounts } from "./desk.ts";
import { loadDirectory, useDirectory } from "./directory.ts";
import { NO_COUNTS } from "./lists.ts";
import { loadAgents, loadCounts, loadMore } from "./load.ts";
import { currentDesk, replaceDesk } from "./store.ts";
import { ME } from "./testing.ts";

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
