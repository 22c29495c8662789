import type { AgentEvent, ConversationAssigned } from "@kithdesk/api-client";
import { describe, expect, it } from "vitest";

import { aClock, aLiveSla } from "../sla/testing.ts";
import { applyEvent } from "./apply-event.ts";
import { confirm, emptyDesk, setListState, takeCounts, takePage } from "./desk.ts";
import { NO_COUNTS } from "./lists.ts";
import { customerFromResource } from "./reading.ts";
import { AT, aConversation, aLiveCustomer, aMessage, anAgent, aPageView, ME, told } from "./testing.ts";
import { NO_CONTEXT } from "./types.ts";

function deskWith(over: Parameters<typeof aConversation>[0] = {}) {
  const desk = emptyDesk(ME);
  takePage(desk, "all", [aConversation(over)], { isFirst: true, isLast: true });
  takeCounts(desk, { ...NO_COUNTS, all: 1, unassigned: 1 }, 0);
  return desk;
}

const MAYA = { type: "customer", id: "k1", displayName: "Maya Lindqvist" } as const;

const assignedTo = (...users: string[]): ConversationAssigned => ({
  conversation: "c1",
  queue: null,
  assignedUsers: users.map((id) => ({ id, displayName: id })),
  assignedTeams: [],
  reason: { code: "by_hand", text: "By hand." },
});

describe("applyEvent", () => {
  it("moves a conversation from one list to another, and the counts with it", () => {
    const desk = deskWith();
    const changes = {
      status: { before: "open", after: "snoozed" },
      snooze: { before: null, after: { time: AT } },
    } as const;
    const data = { conversation: "c1", customer: "k1", changes, cause: "agent" };
    applyEvent(desk, told("conversation.updated", data), 1);
    expect(desk.lists.all.ids).toEqual([]);
    expect(desk.conversations.get("c1")).toMatchObject({ status: "snoozed", snoozedUntil: AT });
    expect(desk.counts).toEqual({ ...NO_COUNTS, snoozed: 1 });
  });

  it("takes whom somebody wishes for, and which skills", () => {
    const desk = deskWith();
    const changes = {
      preferredUser: { before: null, after: "u2" },
      skills: { before: [], after: ["mending"] },
    };
    const data = { conversation: "c1", customer: "k1", changes, cause: "agent" };
    applyEvent(desk, told("conversation.updated", data), 1);
    expect(desk.conversations.get("c1")).toMatchObject({ preferredUser: "u2", skills: ["mending"] });
  });

  it("counts an event once, however often it comes", () => {
    const desk = deskWith();
    applyEvent(desk, told("conversation.assigned", assignedTo(ME)), 1);
    applyEvent(desk, told("conversation.assigned", assignedTo(ME)), 1);
    expect(desk.counts).toEqual({ ...NO_COUNTS, all: 1, mine: 1 });
  });

  it("marks what somebody else gave to this agent as new to them, until it is theirs no longer", () => {
    const desk = deskWith();
    const [ben, me] = [anAgent("u2", "Ben"), anAgent(ME, "Ana")];
    applyEvent(desk, told("conversation.assigned", assignedTo("u2"), ben), 1);
    expect([...desk.arrived]).toEqual([]);
    applyEvent(desk, told("conversation.assigned", assignedTo(ME), ben), 2);
    expect([...desk.arrived]).toEqual(["c1"]);
    applyEvent(desk, told("conversation.assigned", assignedTo("u2"), ben), 3);
    expect([...desk.arrived]).toEqual([]);
    applyEvent(desk, told("conversation.assigned", assignedTo(ME), me), 4);
    expect([...desk.arrived]).toEqual([]);
  });

  it("marks what the customer wrote as unread and waiting, until an agent reads and answers", () => {
    const desk = deskWith({ waitingSince: null });
    applyEvent(desk, told("message.created", { message: aMessage({ body: "Hi" }) }), 1);
    expect(desk.conversations.get("c1")).toMatchObject({ isUnread: true, waitingSince: AT, preview: "Hi" });
    const read = { conversation: "c1", message: "m1", by: anAgent("u2", "Ben"), at: AT };
    applyEvent(desk, told("message.read", read), 2);
    expect(desk.conversations.get("c1")).toMatchObject({ isUnread: false, waitingSince: AT });
    applyEvent(desk, told("message.created", { message: aMessage({ id: "m2", direction: "out" }) }), 3);
    expect(desk.conversations.get("c1")?.waitingSince).toBeNull();
  });

  it("lets whoever was closed unanswered wait on where somebody opens it again, and anew where they write", () => {
    const before = "2026-11-01T12:00:00.000Z";
    const changes = { status: { before: "done", after: "open" } } as const;
    const data = { conversation: "c1", customer: "k1", changes, cause: "customer_message" };
    const takenBack = deskWith({ status: "done", waitingSince: null });
    const goesOn = {
      ...data,
      changes: { ...changes, lastMessageUnrespondedTo: { before: null, after: before } },
    };
    applyEvent(takenBack, told("conversation.updated", goesOn), 1);
    expect(takenBack.conversations.get("c1")?.waitingSince).toBe(before);
    const answered = deskWith({ status: "done", waitingSince: null });
    applyEvent(answered, told("conversation.updated", data), 1);
    expect(answered.conversations.get("c1")?.waitingSince).toBeNull();
    const written = deskWith({ status: "done", waitingSince: before });
    const closed = { status: { before: "open", after: "done" } } as const;
    const ends = { ...closed, lastMessageUnrespondedTo: { before, after: null } };
    applyEvent(written, told("conversation.updated", { ...data, changes: ends }), 1);
    applyEvent(written, told("message.created", { message: aMessage() }), 2);
    expect(written.conversations.get("c1")?.waitingSince).toBe(AT);
  });

  it("does not take what the program says by itself for an answer", () => {
    const desk = deskWith({ waitingSince: AT });
    const sentBy = { type: "system", id: null, displayName: "Kithdesk" } as const;
    const message = aMessage({ id: "m2", direction: "out", sentBy });
    applyEvent(desk, told("message.created", { message }), 1);
    expect(desk.conversations.get("c1")?.waitingSince).toBe(AT);
  });

  it("does not take a note for an answer", () => {
    const desk = deskWith();
    const note = aMessage({ direction: "out", kind: "note", body: "psst" });
    applyEvent(desk, told("note.created", { message: note }), 1);
    expect(desk.conversations.get("c1")).toMatchObject({
      preview: "Hello",
      waitingSince: "2026-11-24T10:00:00.000Z",
    });
  });

  it("asks for what it never loaded", () => {
    const desk = deskWith();
    const changes = { status: { before: "open", after: "done" } } as const;
    const data = { conversation: "deep", customer: "k1", changes, cause: "agent" };
    applyEvent(desk, told("conversation.updated", data), 1);
    expect([...desk.missing]).toEqual([["deep", 1]]);
    expect(desk.countsAreStale).toBe(true);
  });

  it("keeps the latest pages of a visit", () => {
    const desk = deskWith({ context: NO_CONTEXT });
    for (let page = 1; page <= 25; page += 1) {
      const url = `https://a.example/${page}`;
      applyEvent(desk, told("page.viewed", aPageView({ url })), page);
    }
    const context = desk.conversations.get("c1")?.context;
    expect(context?.pages).toHaveLength(20);
    expect(context?.currentPage).toEqual({ url: "https://a.example/25", title: "", at: AT });
  });

  it("takes the device they look from now, and keeps it with the pages after that", () => {
    const desk = deskWith();
    const onDesk = { device: "Computer", browser: "Chrome 141", os: "Windows 11" };

    applyEvent(desk, told("page.viewed", aPageView(onDesk)), desk.countsPosition + 1);
    applyEvent(desk, told("page.viewed", aPageView({ url: "https://a.example/2" })), desk.countsPosition + 2);

    expect(desk.conversations.get("c1")?.context).toMatchObject(onDesk);
  });

  it("keeps of a customer who opens another conversation what the event does not bring", () => {
    const desk = deskWith();
    const record = { displayName: "Maya", custom: { tierStr: "gold" }, tags: ["vip"], rev: 4 };
    desk.customers.set("k1", customerFromResource({ type: "customer", id: "k1", attributes: record }));
    applyEvent(desk, told("customer.created", { customer: aLiveCustomer({ displayName: "Maya L." }) }), 1);
    expect(desk.customers.get("k1")).toMatchObject({ ...record, displayName: "Maya L." });
  });

  it("moves conversations to the customer who turned out to have written them", () => {
    const desk = deskWith();
    const customer = aLiveCustomer({ id: "k2", displayName: "Maya L." });
    applyEvent(desk, told("customer.created", { customer }), 1);
    const moved = { conversations: ["c1"], kobjects: [], visitors: [] };
    const merged = {
      customer: "k2",
      from: "k1",
      merge: null,
      by: "login",
      fromName: null,
      ...moved,
    } as const;
    applyEvent(desk, told("customer.merged", merged), 2);
    expect(desk.conversations.get("c1")).toMatchObject({ customer: "k2", customerName: "Maya L." });
  });

  it("moves them back to a customer who is their own again", () => {
    const desk = deskWith();
    const moved = { conversations: ["c1"], kobjects: [], visitors: [] };
    const parted = { customer: "k0", displayName: "Visitor 3F9A", of: "k1", ofName: "Maya L.", merge: "g1" };
    applyEvent(desk, told("customer.unmerged", { ...parted, ...moved }), 1);
    expect(desk.conversations.get("c1")).toMatchObject({ customer: "k0", customerName: "Visitor 3F9A" });
  });

  it("changes of a customer what has changed, and renames them everywhere", () => {
    const desk = deskWith();
    const phones = [{ phone: "+44 1", verified: true }];
    applyEvent(desk, told("customer.created", { customer: aLiveCustomer({ phones }) }), 1);
    const changes = {
      name: { before: "Maya Lindqvist", after: "Maya" },
      emails: { before: null, after: [{ email: "maya@shop.example" }] },
      externalIds: { before: null, after: [{ externalId: "FW-1", verified: true }] },
      identified: { before: false, after: true },
    };
    applyEvent(desk, told("customer.updated", { customer: "k1", displayName: "Maya", changes }), 2);
    expect(desk.customers.get("k1")).toMatchObject({
      displayName: "Maya",
      emails: [{ email: "maya@shop.example", verified: false }],
      phones,
      externalId: "FW-1",
      identified: true,
    });
    expect(desk.conversations.get("c1")?.customerName).toBe("Maya");
  });

  it("keeps of an import only the last customers, and everybody whom it shows", () => {
    const desk = deskWith();
    const shown = { displayName: "Maya", rev: 1 };
    desk.customers.set("k1", customerFromResource({ type: "customer", id: "k1", attributes: shown }));
    for (let number = 1; number <= 1_000; number += 1) {
      const customer = aLiveCustomer({ id: `i${number}` });
      applyEvent(desk, told("customer.created", { customer }), number);
    }
    expect(desk.customers.size).toBe(101);
    expect(desk.customers.has("k1")).toBe(true);
    expect(desk.customers.has("i1000")).toBe(true);
  });

  it("forgets a customer whose record was a mistake", () => {
    const desk = deskWith();
    applyEvent(desk, told("customer.created", { customer: aLiveCustomer() }), 1);
    applyEvent(desk, told("customer.removed", { customer: "k1" }), 2);
    expect(desk.customers.has("k1")).toBe(false);
  });

  it("follows the clocks of what is promised, and asks for none that nobody looks at", () => {
    const desk = deskWith();
    const data = { conversation: "c1", customer: "k1", sla: aLiveSla() };
    applyEvent(desk, told("sla.matched", { ...data, cause: "opened", left: null }), 1);
    expect(desk.conversations.get("c1")?.sla?.name).toBe("Gold");

    const late = aLiveSla({ firstResponse: aClock({ breached: true }) });
    const due = { metric: "firstResponse", due: AT, policy: "Gold" };
    applyEvent(desk, told("sla.breached", { ...data, sla: late, ...due }), 2);
    expect(desk.conversations.get("c1")?.sla?.metrics.firstResponse?.breached).toBe(true);

    applyEvent(desk, told("sla.unmatched", { ...data, sla: null, cause: "changed", left: null }), 3);
    expect(desk.conversations.get("c1")?.sla).toBeNull();
    applyEvent(desk, told("sla.clocked", { ...data, conversation: "c9" }), 4);
    expect([...desk.missing.keys()]).toEqual([]);
  });

  it("asks for a conversation whose clocks moved while a list was on its way", () => {
    const desk = deskWith();
    setListState(desk, "all", "loading");
    applyEvent(desk, told("sla.clocked", { conversation: "c9", customer: "k1", sla: aLiveSla() }), 4);
    expect([...desk.missing.keys()]).toEqual(["c9"]);
  });

  it("follows who is here", () => {
    const desk = deskWith();
    const data = { user: "u2", displayName: "Ben", status: "unavailable", reason: "Lunch", at: AT } as const;
    applyEvent(desk, told("agent.status_changed", data), 1);
    expect(desk.agents.get("u2")).toMatchObject({
      displayName: "Ben",
      status: "unavailable",
      reason: "Lunch",
    });
  });

  it.each(["nobody.knows", "constructor", "__proto__"])("lets an event of a kind like %s pass", (kind) => {
    const desk = deskWith();
    applyEvent(desk, { kind, at: AT, data: {} } as unknown as AgentEvent, 1);
    expect(desk.conversations.get("c1")).toEqual(aConversation());
  });

  it("draws ids such as __proto__ as any other", () => {
    const desk = deskWith();
    confirm(desk, aConversation({ id: "__proto__", customerName: "constructor" }));
    expect(desk.conversations.get("__proto__")?.customerName).toBe("constructor");
    expect(desk.lists.all.ids).toContain("__proto__");
  });

  it("knows when a customer was last seen: by what they wrote, looked at or read", () => {
    const desk = deskWith();
    applyEvent(desk, told("customer.created", { customer: aLiveCustomer() }), 1);
    const seen = () => desk.customers.get("k1")?.lastSeenAt;
    const at = (minute: number) => `2026-11-24T12:0${minute}:00.000Z`;
    applyEvent(desk, told("message.created", { message: aMessage({ sentAt: at(1) }) }), 2);
    expect(seen()).toBe(at(1));
    applyEvent(desk, told("page.viewed", aPageView({ at: at(2) })), 3);
    expect(seen()).toBe(at(2));
    const read = { conversation: "c1", message: "m", by: MAYA, at: at(3) };
    applyEvent(desk, told("message.read", read), 4);
    expect(seen()).toBe(at(3));
    const answer = aMessage({ direction: "out", sentAt: at(4) });
    applyEvent(desk, told("message.created", { message: answer }), 5);
    expect(seen()).toBe(at(3));
  });
});
