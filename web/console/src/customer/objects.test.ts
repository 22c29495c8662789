// @vitest-environment happy-dom
import type { AgentEvent } from "@kithdesk/api-client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { linkOf } from "../objects/links.ts";
import { loadMoreObjects, loadObjects, takeObjectEvent, useObjectsStore } from "./objects.ts";

const at = (minute: number) => `2026-11-24T10:${String(minute).padStart(2, "0")}:00.000Z`;
const card = (id: string, minute: number, status = "new") => ({
  id,
  klass: "order",
  klassDisplayName: "Order",
  title: id,
  fields: [{ name: "statusStr", displayName: "Status", type: "Str", value: status }],
  createdAt: at(minute),
  updatedAt: at(minute),
});
const listed = (id: string, minute: number) => ({
  type: "kobject.order",
  id,
  attributes: { card: card(id, minute) },
});
const happened = (kind: string, kobject: object, customer: string | null = "k1") =>
  ({ kind, at: at(59), data: { kobject, customer } }) as unknown as AgentEvent;

let server: ApiServer;

beforeEach(async () => {
  server = new ApiServer();
  const meta = { total: 3 };
  const path = "GET /v1/customers/k1/kobjects?page=1&pageSize=25";
  server.on(path, [200, { data: [listed("o3", 3), listed("o2", 2)], meta }]);
  await loadObjects("k1");
});

afterEach(() => vi.unstubAllGlobals());

const objects = () => useObjectsStore.getState().of.get("k1");
const ids = () => objects()?.objects.map(({ id }) => id);

it("are read the newest first", () => {
  expect(ids()).toEqual(["o3", "o2"]);
  expect(objects()?.total).toBe(3);
});

it("come, change and go as it happens", () => {
  takeObjectEvent("k1", happened("kobject.created", card("o4", 4)));
  expect(ids()).toEqual(["o4", "o3", "o2"]);
  expect(objects()?.total).toBe(4);

  takeObjectEvent("k1", happened("kobject.updated", card("o3", 3, "shipped")));
  expect(objects()?.objects[1]?.fields[0]?.value).toBe("shipped");

  takeObjectEvent("k1", happened("kobject.removed", card("o4", 4)));
  takeObjectEvent("k1", happened("kobject.updated", card("o3", 3), "k9"));
  expect(ids()).toEqual(["o2"]);
  expect(objects()?.total).toBe(2);
});

it("are shown once where the next page overlaps", async () => {
  await loadMoreObjects("k1");

  expect(ids()).toEqual(["o3", "o2"]);
});

it("say which conversation is about them, as the server and events tell", async () => {
  const about = { relationships: { conversation: { data: { type: "conversation", id: "c1" } } } };
  server.on("GET /v1/customers/k1/kobjects?page=1&pageSize=25", [
    200,
    { data: [{ ...listed("o3", 3), ...about }, listed("o2", 2)], meta: { total: 2 } },
  ]);
  await loadObjects("k1");
  expect([linkOf("o3"), linkOf("o2")]).toEqual(["c1", null]);

  const put = (kind: string, id: string, conversation: string) =>
    ({
      kind,
      at: at(59),
      data: { kobject: card(id, 3), customer: "k1", conversation },
    }) as unknown as AgentEvent;
  takeObjectEvent("k1", put("kobject.unlinked", "o3", "c1"));
  takeObjectEvent("k1", put("kobject.linked", "o2", "c1"));

  expect([linkOf("o3"), linkOf("o2")]).toEqual([null, "c1"]);
});
