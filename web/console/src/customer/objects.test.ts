// @vitest-environment happy-dom
import type { AgentEvent } from "@kithdesk/api-client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { linkOf } from "../objects/links.ts";
import { loadMoreObjects, loadObjects, takeObjectEvent, useObjectsStore } from "./objects.ts";

const PAGE = "GET /v1/customers/k1/kobjects?page=1&pageSize=25";
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
let position = 10;

function takes(event: AgentEvent): void {
  position += 1;
  takeObjectEvent("k1", event, position);
}

beforeEach(async () => {
  server = new ApiServer();
  const meta = { total: 3, klasses: { order: 3 } };
  server.on(PAGE, [200, { data: [listed("o3", 3), listed("o2", 2)], meta }]);
  await loadObjects("k1");
});

afterEach(() => vi.unstubAllGlobals());

const objects = () => useObjectsStore.getState().of.get("k1");
const total = () => objects()?.totals.get("order");
const ids = () => objects()?.objects.map(({ id }) => id);

it("are read the newest first", () => {
  expect(ids()).toEqual(["o3", "o2"]);
  expect(total()).toBe(3);
});

it("come, change and go as it happens", () => {
  takes(happened("kobject.created", card("o4", 4)));
  expect(ids()).toEqual(["o4", "o3", "o2"]);
  expect(total()).toBe(4);

  takes(happened("kobject.updated", card("o3", 3, "shipped")));
  expect(objects()?.objects[1]?.fields[0]?.value).toBe("shipped");

  takes(happened("kobject.removed", card("o4", 4)));
  takes(happened("kobject.updated", card("o3", 3), "k9"));
  expect(ids()).toEqual(["o2"]);
  expect(total()).toBe(2);
});

it("keep what happened while a page was on its way, and not what that page shows already", async () => {
  const answer = server.late(PAGE);
  useObjectsStore.setState({ of: new Map() });
  const loading = loadObjects("k1");
  takes(happened("kobject.updated", card("o3", 3, "older")));
  const covered = position;
  takes(happened("kobject.removed", card("o2", 2)));
  takes(happened("kobject.created", card("o4", 4)));

  answer([
    200,
    { data: [listed("o3", 3), listed("o2", 2)], meta: { total: 2, klasses: { order: 2 } } },
    covered,
  ]);
  await loading;

  expect(ids()).toEqual(["o4", "o3"]);
  expect(objects()?.objects[1]?.fields[0]?.value).toBe("new");
  expect(total()).toBe(2);
});

it("stay as they have become when an older page comes late", async () => {
  const answer = server.late(PAGE);
  const loading = loadObjects("k1");
  takes(happened("kobject.updated", card("o3", 3, "shipped")));

  answer([200, { data: [listed("o3", 3)], meta: { total: 1, klasses: { order: 1 } } }, position - 1]);
  await loading;

  expect(objects()?.objects[0]?.fields[0]?.value).toBe("shipped");
});

it("are shown once where the next page overlaps", async () => {
  server.on(`${PAGE}&klass=order`, [
    200,
    { data: [listed("o2", 2), listed("o1", 1)], meta: { total: 3, klasses: { order: 3 } } },
  ]);

  await loadMoreObjects("k1", "order");

  expect(ids()).toEqual(["o3", "o2", "o1"]);
});

it("have the newest of a kind that is older than all of another", async () => {
  const meta = { total: 9_001, klasses: { order: 9_000, warranty: 1 } };
  const warranty = { ...card("w1", 0), klass: "warranty", klassDisplayName: "Warranty" };
  server.on(PAGE, [200, { data: [listed("o3", 3)], meta }]);
  server.on(`${PAGE}&klass=warranty`, [
    200,
    { data: [{ type: "kobject.warranty", id: "w1", attributes: { card: warranty } }], meta },
  ]);

  await loadObjects("k1");

  expect(ids()).toEqual(["o3", "w1"]);
  expect([...(objects()?.totals ?? [])]).toEqual([
    ["order", 9_000],
    ["warranty", 1],
  ]);
});

it("are asked for of a few kinds only, however many there are", async () => {
  const kinds = Array.from({ length: 200 }, (_, number) => [`kind${number}`, 1] as const);
  const meta = { total: 9_200, klasses: { order: 9_000, ...Object.fromEntries(kinds) } };
  server.on(PAGE, [200, { data: [listed("o3", 3)], meta }]);
  for (const [klass] of kinds) server.on(`${PAGE}&klass=${klass}`, [200, { data: [], meta }]);
  const before = server.asked.length;

  await loadObjects("k1");

  expect(server.asked.slice(before).filter(({ path }) => path.includes("klass=")).length).toBeLessThan(10);
  expect(objects()?.totals.size).toBe(201);
});

it("count one that was not loaded when it changes, comes, or goes", () => {
  takes(happened("kobject.updated", card("o0", 0)));
  expect(total()).toBe(3);
  takes(happened("kobject.moved", card("o9", 0), "k9"));
  takes(happened("kobject.updated", card("o9", 0), "k9"));
  expect(total()).toBe(2);
});

it("say which conversation is about them, as the server and events tell", async () => {
  const about = { relationships: { conversation: { data: { type: "conversation", id: "c1" } } } };
  server.on(PAGE, [
    200,
    { data: [{ ...listed("o3", 3), ...about }, listed("o2", 2)], meta: { total: 2, klasses: { order: 2 } } },
  ]);
  await loadObjects("k1");
  expect([linkOf("o3"), linkOf("o2")]).toEqual(["c1", null]);

  const put = (kind: string, id: string, conversation: string) =>
    ({
      kind,
      at: at(59),
      data: { kobject: card(id, 3), customer: "k1", conversation },
    }) as unknown as AgentEvent;
  takes(put("kobject.unlinked", "o3", "c1"));
  takes(put("kobject.linked", "o2", "c1"));

  expect([linkOf("o3"), linkOf("o2")]).toEqual([null, "c1"]);
});
