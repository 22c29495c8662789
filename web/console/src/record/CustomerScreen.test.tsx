import { act, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, resource } from "../api/testing.ts";
import { emptyDesk } from "../desk/desk.ts";
import { replaceDesk } from "../desk/store.ts";
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
async function opened(): Promise<void> {
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
  render(<CustomerScreen id="k1" />);
  await screen.findByRole("heading", { name: "Maya" });
}

async function merged(from: string, customer: string): Promise<void> {
  const moved = { conversations: [], kobjects: [], visitors: [], merge: "m1", by: "agent", fromName: "Maya" };
  const event = told("customer.merged", { customer, from, ...moved } as never, anAgent("u2", "Ben"));
  await act(async () => {
    live.says({ op: "event", topic: "inbox", position: 20, event });
    live.says({ op: "event", topic: `customer:${customer}`, position: 20, event });
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
}

const route = () => useNavigation.getState().route;

it("leads whoever looks at a record that becomes part of another on to that one", async () => {
  await opened();

  await merged("k1", "k2");

  await vi.waitFor(() => expect(route()).toEqual({ screen: "customer", id: "k2" }));
  expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual(["Maya is now part of Ana Lopes."]);
});

it("takes nothing away from whoever is typing in it, and saves that where the record lives", async () => {
  await opened();
  fireEvent.click(screen.getByRole("button", { name: "Email or phone" }));
  fireEvent.change(screen.getByRole("textbox", { name: "Email" }), { target: { value: "maya@home.test" } });

  await merged("k1", "k2");

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

it("takes in a record that becomes part of this one", async () => {
  await opened();
  server.on("GET /v1/customers/k1", resource("customer", "k1", { displayName: "Maya Lopes", rev: 2 }));
  const conversation = {
    type: "conversation",
    id: "c9",
    attributes: { name: "A lost parcel", createdAt: AT },
  };
  server.on("GET /v1/customers/k1/conversations?pageSize=25", [200, { data: [conversation], meta: {} }]);

  await merged("k2", "k1");

  expect(await screen.findByRole("heading", { name: "Maya Lopes" })).toBeTruthy();
  expect(await screen.findByText("A lost parcel")).toBeTruthy();
});

it("says of a record that is removed meanwhile that it is not there", async () => {
  await opened();

  await act(async () => {
    const event = told("customer.removed", { customer: "k1" });
    live.says({ op: "event", topic: "inbox", position: 20, event });
    await new Promise((resolve) => setTimeout(resolve, 20));
  });

  expect(await screen.findByText("This customer is not there")).toBeTruthy();
});
