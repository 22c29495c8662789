import type { AgentEvent } from "@kithdesk/api-client";
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, resource } from "../api/testing.ts";
import { edit } from "../customer/edits.ts";
import { emptyDesk } from "../desk/desk.ts";
import { loadCustomer } from "../desk/load.ts";
import { currentDesk, replaceDesk } from "../desk/store.ts";
import { AT, anAgent, ME, told } from "../desk/testing.ts";
import { followInbox, leaveInbox } from "../live/inbox-topic.ts";
import { disconnect } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { go, useNavigation } from "../navigation/navigation.ts";
import { useTimelines } from "../timeline/follow.ts";
import { useToasts } from "../toast/toast.ts";
import { CustomerScreen } from "./CustomerScreen.tsx";

let server: ApiServer;
let live: LiveServer;

beforeEach(async () => {
  server = new ApiServer();
  replaceDesk(emptyDesk(ME));
  useTimelines.setState({ timelines: new Map() });
  useToasts.setState({ toasts: [] });
  live = new LiveServer();
  await live.connects();
});

afterEach(() => {
  leaveInbox();
  disconnect();
  vi.unstubAllGlobals();
});

function entry(position: number, kind: string, data: object) {
  const actor = { type: "machine", id: "u9", displayName: "Shop" };
  const attributes = { kind, at: AT, position, conversation: null, actor, data };
  return { type: "timeline_entry", id: `e${position}`, attributes };
}

it("shows the timeline of a customer who never wrote", async () => {
  server.on("GET /v1/customers/k1", resource("customer", "k1", { displayName: "Maya Lindqvist" }));
  server.on("GET /v1/customers/k1/conversations?pageSize=25", [200, { data: [], meta: {} }]);
  const name = { before: null, after: "Maya Lindqvist" };
  const entries = [
    entry(1, "customer.updated", { customer: "k1", displayName: "Maya Lindqvist", changes: { name } }),
    entry(2, "customer.tracked", { customer: "k1", name: "Basket left", at: AT, meta: {} }),
  ];
  server.on("GET /v1/customers/k1/timeline?pageSize=50", [200, { data: entries, meta: { more: false } }]);

  render(<CustomerScreen id="k1" />);

  const timeline = await screen.findByRole("region", { name: "Timeline of Maya Lindqvist" });
  expect(await within(timeline).findByText("Basket left")).toBeTruthy();
  expect(within(timeline).getByText(/Shop changed the name/)).toBeTruthy();
});

/** Maya's record, which becomes part of Ana Lopes's as soon as the test says so. */
async function opened(): Promise<() => void> {
  const nothing = { data: [], meta: { totalPages: 1 } };
  server.on(`GET /v1/conversations?status=open&assignedUser=${ME}&sort=-lastActivityAt&page=1&pageSize=50`, [
    200,
    nothing,
  ]);
  server.on("GET /v1/routing/statuses?page=1&pageSize=100", [200, nothing]);
  server.on("GET /v1/conversations/counts", [200, { data: { type: "counts", id: "o", attributes: {} } }]);
  await followInbox(ME);
  for (const [id, name] of [
    ["k1", "Maya"],
    ["k2", "Ana Lopes"],
  ] as const) {
    server.on(`GET /v1/customers/${id}`, resource("customer", id, { displayName: name, name, rev: 1 }));
    server.on(`GET /v1/customers/${id}/conversations?pageSize=25`, [200, { data: [], meta: {} }]);
    server.on(`GET /v1/customers/${id}/timeline?pageSize=50`, [200, { data: [], meta: { more: false } }]);
  }
  go({ screen: "customer", id: "k1" });
  const { unmount } = render(<CustomerScreen id="k1" />);
  await screen.findByRole("heading", { name: "Maya" });
  return unmount;
}

function says(event: AgentEvent, ...topics: string[]): void {
  live.position += 1;
  act(() => {
    for (const topic of topics) live.says({ op: "event", topic, position: live.position, event });
  });
}

const MOVED = { conversations: [], kobjects: [], visitors: [], merge: "m1" };

function merged(from: string, customer: string): void {
  const data = { customer, from, ...MOVED, by: "agent", fromName: "Maya" } as const;
  says(told("customer.merged", data, anAgent("u2", "Ben")), "inbox", `customer:${customer}`);
}

function unmerged(customer: string, of: string): void {
  const data = { customer, of, ...MOVED, displayName: "Maya", ofName: "Ana Lopes" };
  says(told("customer.unmerged", data, anAgent("u2", "Ben")), "inbox");
}

/** Somebody changes Maya's record elsewhere, as beside a conversation. */
async function edits(id: string): Promise<void> {
  server.on(`PATCH /v1/customers/${id}`, resource("customer", id, { displayName: "Maya", rev: 2 }));
  await edit(id, "name", "Maya L.");
}

const wasAskedFor = (id: string) => server.asked.some(({ path }) => path === `/v1/customers/${id}`);
const route = () => useNavigation.getState().route;

it("leads whoever looks at a record that becomes part of another on to that one", async () => {
  await opened();

  merged("k1", "k2");

  await waitFor(() => expect(route()).toEqual({ screen: "customer", id: "k2" }));
  expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual(["Maya is now part of Ana Lopes."]);
});

it("takes nothing away from whoever is typing in it, and saves that where the record lives", async () => {
  await opened();
  fireEvent.click(screen.getByRole("button", { name: "Email or phone" }));
  fireEvent.change(screen.getByRole("textbox", { name: "Email" }), { target: { value: "maya@home.test" } });

  merged("k1", "k2");

  expect(await screen.findByText(/Maya is now part of Ana Lopes\./)).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Email" }).value).toBe("maya@home.test");
  expect(screen.getByRole("link", { name: "Open Ana Lopes" }).getAttribute("href")).toBe("#/customer/k2");
  expect(route()).toEqual({ screen: "customer", id: "k1" });
  fireEvent.keyDown(screen.getByRole("textbox", { name: "Email" }), { key: "Enter" });
  await vi.waitFor(() =>
    expect(server.bodies("PATCH /v1/customers/k2")).toEqual([
      { emails: [{ email: "maya@home.test", type: "home" }], rev: 1 },
    ]),
  );
});

it("stays with a record that is its own again before anybody knows of what it was part", async () => {
  await opened();
  const answer = server.late("GET /v1/customers/k2");
  merged("k1", "k2");
  await waitFor(() => expect(wasAskedFor("k2")).toBe(true));

  unmerged("k1", "k2");
  await waitFor(() => expect(currentDesk().customers.has("k1")).toBe(true));
  await act(async () => answer(resource("customer", "k2", { displayName: "Ana Lopes", rev: 1 })));
  await waitFor(() => expect(currentDesk().customers.has("k2")).toBe(true));

  await edits("k1");
  expect(server.bodies("PATCH /v1/customers/k1")).toEqual([{ name: "Maya L.", rev: 1 }]);
  expect(route()).toEqual({ screen: "customer", id: "k1" });
});

it("leads no edit to another record once it is left, even when it learns late where that lives", async () => {
  const leave = await opened();
  const answer = server.late("GET /v1/customers/k2");
  merged("k1", "k2");
  await waitFor(() => expect(wasAskedFor("k2")).toBe(true));

  leave();
  answer(resource("customer", "k2", { displayName: "Ana Lopes", rev: 1 }));
  await waitFor(() => expect(currentDesk().customers.has("k2")).toBe(true));
  await loadCustomer("k1");

  await edits("k1");
  expect(server.bodies("PATCH /v1/customers/k1")).toEqual([{ name: "Maya L.", rev: 1 }]);
});

it("takes in a record that becomes part of this one", async () => {
  await opened();
  server.on("GET /v1/customers/k1", resource("customer", "k1", { displayName: "Maya Lopes", rev: 2 }));
  const conversation = {
    type: "conversation",
    id: "c9",
    attributes: { name: "A lost parcel", createdAt: AT },
  };
  server.on("GET /v1/customers/k1/conversations?pageSize=25", [200, { data: [conversation], meta: {} }]);

  merged("k2", "k1");

  expect(await screen.findByRole("heading", { name: "Maya Lopes" })).toBeTruthy();
  expect(await screen.findByText("A lost parcel")).toBeTruthy();
});

it("says of a record that is removed meanwhile that it is not there", async () => {
  await opened();

  says(told("customer.removed", { customer: "k1" }), "inbox");

  expect(await screen.findByText("This customer is not there")).toBeTruthy();
});
