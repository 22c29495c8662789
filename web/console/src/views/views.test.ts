import { beforeEach, expect, it } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { loadViews, useViews } from "./views.ts";

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
