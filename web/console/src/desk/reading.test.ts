import { describe, expect, it } from "vitest";

import { conversationFromResource, customerFromResource } from "./reading.ts";

describe("conversations", () => {
  it("are read from what the API answers", () => {
    const resource = {
      type: "conversation",
      id: "c1",
      attributes: {
        customerName: "Maya",
        status: "snoozed",
        snooze: { time: "2026-11-25T09:00:00.000Z" },
        channels: ["chat"],
        assignedUsers: ["u1"],
        tags: ["t1"],
        preview: null,
        lastMessageUnrespondedTo: { sentAt: "2026-11-24T10:00:00.000Z", channel: "chat" },
        unreadCount: 2,
        sla: {
          id: "s1",
          name: "Gold",
          status: "pending",
          metrics: { firstResponse: { status: "pending", breachAt: "2026-11-24T11:00:00.000Z" }, odd: 7 },
        },
      },
      relationships: { customer: { data: { id: "k1" } }, queue: { data: { id: "q1" } } },
    };
    expect(conversationFromResource(resource, 7)).toMatchObject({
      id: "c1",
      customer: "k1",
      queue: "q1",
      status: "snoozed",
      snoozedUntil: "2026-11-25T09:00:00.000Z",
      preview: "",
      waitingSince: "2026-11-24T10:00:00.000Z",
      isUnread: true,
      sla: {
        name: "Gold",
        status: "pending",
        metrics: {
          firstResponse: { status: "pending", breachAt: "2026-11-24T11:00:00.000Z", warned: false },
        },
      },
      position: 7,
    });
  });
});

describe("customers", () => {
  it("are born on a day, wherever it is read", () => {
    const attributes = { displayName: "Ana", birthdayAt: "1990-03-04T00:00:00.000Z" };
    const { others } = customerFromResource({ type: "customer", id: "k1", attributes });
    const day = new Date(2_000, 2, 4).toLocaleDateString(undefined, { day: "numeric", month: "short" });
    expect(others[0]?.[0]).toBe("birthdayAt");
    expect(others[0]?.[1]).toContain(day.replace(/,? ?2000/u, ""));
  });

  it("keep what was claimed apart, in words, without what is empty", () => {
    const attributes = {
      displayName: "Visitor 3F9A",
      emails: [{ email: "a@b.co", verified: false }, { verified: true }],
      claims: {
        emails: [{ email: "me@here.example" }],
        phones: [],
        custom: { orderNumber: "FW-1", vip: true, cart: {}, wishes: [], last: [[], {}] },
        note: null,
        written: "[]",
        alsoWritten: " {} ",
        blank: " ",
      },
    };
    const { claims, emails } = customerFromResource({ type: "customer", id: "k1", attributes });
    expect(emails).toEqual([{ email: "a@b.co", type: "home", verified: false }]);
    expect(claims).toEqual([
      ["emails", "me@here.example"],
      ["orderNumber", "FW-1"],
      ["vip", "true"],
    ]);
  });
});
