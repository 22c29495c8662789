import { describe, expect, it } from "vitest";

import { applyEvent } from "./apply-event.ts";
import { confirm, emptyDesk, takeCounts, takePage } from "./desk.ts";
import { NO_COUNTS } from "./lists.ts";
import { aConversation, ME } from "./testing.ts";
import { NO_CONTEXT } from "./types.ts";

const AT = "2026-11-24T12:00:00.000Z";

function deskWith(over: Parameters<typeof aConversation>[0] = {}) {
  const desk = emptyDesk(ME);
  takePage(desk, "all", [aConversation(over)], { isFirst: true, isLast: true });
  takeCounts(desk, { ...NO_COUNTS, all: 1, unassigned: 1 }, 0);
  return desk;
}

const tell = (desk: ReturnType<typeof deskWith>, kind: string, data: unknown, position = 1) =>
  applyEvent(desk, { kind, at: AT, data }, position);

describe("applyEvent", () => {
  it("moves a conversation from one list to another, and the counts with it", () => {
    const desk = deskWith();
    tell(desk, "conversation.updated", {
      conversation: "c1",
      changes: {
        status: { before: "open", after: "snoozed" },
        snooze: { before: null, after: { time: AT } },
      },
    });
    expect(desk.lists.all.ids).toEqual([]);
    expect(desk.conversations.get("c1")).toMatchObject({ status: "snoozed", snoozedUntil: AT });
    expect(desk.counts).toEqual({ ...NO_COUNTS, snoozed: 1 });
  });

  it("counts an event once, however often it comes", () => {
    const desk = deskWith();
    const data = {
      conversation: "c1",
      queue: null,
      assignedUsers: [{ id: ME, displayName: "Ana" }],
      assignedTeams: [],
    };
    tell(desk, "conversation.assigned", data);
    tell(desk, "conversation.assigned", data);
    expect(desk.counts).toEqual({ ...NO_COUNTS, all: 1, mine: 1 });
  });

  it("marks what the customer wrote as unread and waiting, until an agent reads and answers", () => {
    const desk = deskWith({ waitingSince: null });
    const message = { id: "m", conversation: "c1", direction: "in", kind: "message", body: "Hi", sentAt: AT };
    tell(desk, "message.created", { message }, 1);
    expect(desk.conversations.get("c1")).toMatchObject({ isUnread: true, waitingSince: AT, preview: "Hi" });
    tell(desk, "message.read", { conversation: "c1", message: "m", by: { type: "user" } }, 2);
    expect(desk.conversations.get("c1")).toMatchObject({ isUnread: false, waitingSince: AT });
    tell(desk, "message.created", { message: { ...message, id: "m2", direction: "out" } }, 3);
    expect(desk.conversations.get("c1")?.waitingSince).toBeNull();
  });

  it("does not take a note for an answer", () => {
    const desk = deskWith();
    tell(desk, "note.created", {
      message: { id: "n", conversation: "c1", direction: "out", kind: "note", body: "psst", sentAt: AT },
    });
    expect(desk.conversations.get("c1")).toMatchObject({
      preview: "Hello",
      waitingSince: "2026-11-24T10:00:00.000Z",
    });
  });

  it("asks for what it never loaded", () => {
    const desk = deskWith();
    tell(desk, "conversation.updated", {
      conversation: "deep",
      changes: { status: { before: "open", after: "done" } },
    });
    expect([...desk.missing]).toEqual([["deep", 1]]);
    expect(desk.countsAreStale).toBe(true);
  });

  it("keeps the latest pages of a visit", () => {
    const desk = deskWith({ context: NO_CONTEXT });
    for (let page = 1; page <= 25; page += 1) {
      tell(
        desk,
        "page.viewed",
        { conversation: "c1", url: `https://a.example/${page}`, title: "", at: AT },
        page,
      );
    }
    const context = desk.conversations.get("c1")?.context;
    expect(context?.pages).toHaveLength(20);
    expect(context?.currentPage?.url).toBe("https://a.example/25");
  });

  it("moves conversations to the customer who turned out to have written them", () => {
    const desk = deskWith();
    tell(desk, "customer.created", { customer: { id: "k2", displayName: "Maya L." } });
    tell(desk, "customer.merged", { customer: "k2", from: "k1", conversations: ["c1"] });
    expect(desk.conversations.get("c1")).toMatchObject({ customer: "k2", customerName: "Maya L." });
  });

  it("renames a customer everywhere", () => {
    const desk = deskWith();
    tell(desk, "customer.updated", {
      customer: "k1",
      changes: { displayName: { before: "x", after: "Maya" } },
    });
    expect(desk.conversations.get("c1")?.customerName).toBe("Maya");
  });

  it("follows who is here", () => {
    const desk = deskWith();
    tell(desk, "agent.status_changed", {
      user: "u2",
      displayName: "Ben",
      status: "unavailable",
      reason: "Lunch",
      at: AT,
    });
    expect(desk.agents.get("u2")).toMatchObject({
      displayName: "Ben",
      status: "unavailable",
      reason: "Lunch",
    });
  });

  it("shrugs at what it does not know and at what is malformed", () => {
    const desk = deskWith();
    for (const data of [
      null,
      7,
      "x",
      [],
      {},
      { message: 7 },
      { changes: [] },
      { conversation: { id: 7 } },
      { customer: [] },
    ]) {
      for (const kind of [
        "nobody.knows",
        "constructor",
        "__proto__",
        "conversation.updated",
        "conversation.assigned",
        "message.created",
        "message.read",
        "customer.updated",
        "customer.merged",
        "page.viewed",
        "agent.status_changed",
      ]) {
        expect(() => tell(desk, kind, data)).not.toThrow();
      }
    }
    expect(desk.conversations.get("c1")).toMatchObject({ status: "open", customerName: "Maya Lindqvist" });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("draws ids such as __proto__ as any other", () => {
    const desk = deskWith();
    confirm(desk, aConversation({ id: "__proto__", customerName: "constructor" }));
    expect(desk.conversations.get("__proto__")?.customerName).toBe("constructor");
    expect(desk.lists.all.ids).toContain("__proto__");
  });

  it("knows when a customer was last seen: by what they wrote, looked at or read", () => {
    const desk = deskWith();
    tell(desk, "customer.created", { customer: { id: "k1", displayName: "Maya", lastSeenAt: AT } });
    const seen = () => desk.customers.get("k1")?.lastSeenAt;
    const [wrote, looked, read] = ["01", "02", "03"].map((minute) => `2026-11-24T12:${minute}:00.000Z`);
    const message = { id: "m", conversation: "c1", customer: "k1", body: "Hi", sentAt: wrote };
    tell(desk, "message.created", { message: { ...message, direction: "in" } }, 1);
    expect(seen()).toBe(wrote);
    const page = { conversation: "c1", customer: "k1", url: "https://shop.test/", title: "", at: looked };
    applyEvent(desk, { kind: "page.viewed", at: looked ?? "", data: page }, 2);
    expect(seen()).toBe(looked);
    const by = { type: "customer", id: "k1" };
    applyEvent(
      desk,
      { kind: "message.read", at: read ?? "", data: { conversation: "c1", message: "m", by } },
      3,
    );
    expect(seen()).toBe(read);
    tell(desk, "message.created", { message: { ...message, direction: "out", sentAt: "2027" } }, 4);
    expect(seen()).toBe(read);
  });
});
