import type { AgentEvent } from "@kithdesk/api-client";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, currentDesk, replaceDesk } from "../desk/store.ts";
import { AT, aConversation, ME, told } from "../desk/testing.ts";
import { followInbox, leaveInbox } from "../live/inbox-topic.ts";
import { disconnect } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { CustomerPane } from "./CustomerPane.tsx";
import { words } from "./en.ts";
import { OtherConversations } from "./OtherConversations.tsx";

let server: ApiServer;
let live: LiveServer;

beforeEach(async () => {
  server = new ApiServer();
  const nothing = { data: [], meta: { totalPages: 1 } };
  server.on(`GET /v1/conversations?status=open&assignedUser=${ME}&sort=-lastActivityAt&page=1&pageSize=50`, [
    200,
    nothing,
  ]);
  server.on("GET /v1/routing/statuses?page=1&pageSize=100", [200, nothing]);
  server.on("GET /v1/conversations/counts", [200, { data: { type: "counts", id: "o", attributes: {} } }]);
  for (const [id, name] of [
    ["k1", "Maya"],
    ["k2", "Ana Lopes"],
  ] as const)
    server.on(`GET /v1/customers/${id}`, resource("customer", id, { displayName: name, name, rev: 1 }));
  replaceDesk(emptyDesk(ME));
  live = new LiveServer();
  await live.connects();
  await followInbox(ME);
  changeDesk((desk) => confirm(desk, aConversation({ id: "c1", customer: "k1", customerName: "Maya" })));
});

afterEach(() => {
  leaveInbox();
  disconnect();
  vi.unstubAllGlobals();
});

function says(event: AgentEvent): void {
  live.position += 1;
  act(() => live.says({ op: "event", topic: "inbox", position: live.position, event }));
}

function merges(from: string, customer: string, conversations = ["c1"]): void {
  const moved = { conversations, kobjects: [], visitors: [], merge: "m1", fromName: "Maya" };
  const event = told("customer.merged", { customer, from, ...moved, by: "agent" });
  says(event);
}

/** As when a merge is undone: the conversation goes back to somebody else. */
function moves(from: string, customer: string, cause: "undo" | "merge" = "undo"): void {
  const data = { conversation: "c1", customer, customerName: "Ana Lopes", from, cause } as const;
  const event = told("conversation.moved", data);
  says(event);
}

function typesAnAddress(): void {
  fireEvent.click(screen.getByRole("button", { name: "Email or phone" }));
  const field = screen.getByRole("textbox", { name: "Email" });
  fireEvent.change(field, { target: { value: "maya@home.test" } });
}

it("keeps what is being typed when the customer becomes part of another, and saves it there", async () => {
  render(<CustomerPane conversation="c1" />);
  await screen.findByRole("button", { name: "Email or phone" });
  typesAnAddress();

  merges("k1", "k2");

  expect(await screen.findByRole("heading", { name: "Ana Lopes" })).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Email" }).value).toBe("maya@home.test");
  fireEvent.keyDown(screen.getByRole("textbox", { name: "Email" }), { key: "Enter" });
  await vi.waitFor(() =>
    expect(server.bodies("PATCH /v1/customers/k2")).toEqual([
      { emails: [{ email: "maya@home.test", type: "home" }], rev: 1 },
    ]),
  );
});

it("keeps it as well when the conversation follows later", async () => {
  render(<CustomerPane conversation="c1" />);
  await screen.findByRole("button", { name: "Email or phone" });
  typesAnAddress();

  merges("k1", "k2", []);
  await waitFor(() => expect(currentDesk().customers.has("k1")).toBe(false));
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Email" }).value).toBe("maya@home.test");
  moves("k1", "k2", "merge");

  expect(await screen.findByRole("heading", { name: "Ana Lopes" })).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Email" }).value).toBe("maya@home.test");
});

it("shows nothing of a record once it is another's conversation again", async () => {
  const email = { email: "ana@work.test", type: "work" };
  server.on("GET /v1/customers/k2", resource("customer", "k2", { displayName: "Ana", emails: [email] }));
  render(<CustomerPane conversation="c1" />);
  await screen.findByRole("button", { name: "Email or phone" });
  merges("k1", "k2");
  await screen.findByText("ana@work.test");
  server.on("GET /v1/customers/k1", refusal(503));

  moves("k2", "k1");

  expect(await screen.findByText(words.failed)).toBeTruthy();
  expect(screen.queryByText("ana@work.test")).toBeNull();
});

it("shows nothing of one customer when the conversation is another's who cannot be read, and asks again", async () => {
  const email = { email: "maya@home.test", type: "home" };
  const maya = { displayName: "Maya", name: "Maya", emails: [email], rev: 1 };
  server.on("GET /v1/customers/k1", resource("customer", "k1", maya));
  server.on("GET /v1/customers/k2", refusal(503));
  render(<CustomerPane conversation="c1" />);
  await screen.findByText("maya@home.test");

  moves("k1", "k2");

  expect(await screen.findByText(words.failed)).toBeTruthy();
  expect(screen.queryByText("maya@home.test")).toBeNull();
  server.on("GET /v1/customers/k2", resource("customer", "k2", { displayName: "Ana Lopes", rev: 1 }));
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("button", { name: "Email or phone" })).toBeTruthy();
});

it("gives another customer nothing of what was typed for the one before", async () => {
  render(<CustomerPane conversation="c1" />);
  await screen.findByRole("button", { name: "Email or phone" });
  changeDesk((desk) => {
    const maya = desk.customers.get("k1");
    if (maya !== undefined) desk.customers.set("k2", { ...maya, id: "k2", displayName: "Ana Lopes" });
  });
  typesAnAddress();

  moves("k1", "k2");

  expect(await screen.findByRole("heading", { name: "Ana Lopes" })).toBeTruthy();
  expect(screen.queryByRole("textbox", { name: "Email" })).toBeNull();
});

it("lists nobody else's conversations when those of another customer cannot be read", async () => {
  const earlier = { type: "conversation", id: "c9", attributes: { name: "A lost parcel", createdAt: AT } };
  server.on("GET /v1/customers/k1/conversations?pageSize=25", [200, { data: [earlier], meta: {} }]);
  server.on("GET /v1/customers/k2/conversations?pageSize=25", refusal(503));
  const { rerender } = render(<OtherConversations customer="k1" conversation="c1" />);
  await screen.findByText("A lost parcel");

  rerender(<OtherConversations customer="k2" conversation="c1" />);

  expect(screen.queryByText("A lost parcel")).toBeNull();
  expect(await screen.findByText(words.earlierFailed)).toBeTruthy();
});
