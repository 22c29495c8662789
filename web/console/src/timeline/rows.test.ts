import type { AgentEvent } from "@kithdesk/api-client";
import { describe, expect, it } from "vitest";

import { aMessage } from "../desk/testing.ts";
import type { Message } from "../desk/types.ts";
import { type Entry, entryOf } from "./entries.ts";
import { type Outgoing, timelineRows } from "./rows.ts";
import { LOADING, seenByCustomer, withEntry, withNewestPage, withOlderPage } from "./timeline.ts";

const time = (minute: number, day = 24) => `2026-11-${day}T10:${String(minute).padStart(2, "0")}:00.000Z`;

const message = (id: string, minute: number, over: Partial<Message> = {}): Message =>
  aMessage({ id, body: id, sentAt: time(minute), ...over });

const said = (position: number, one: Message): Entry => ({
  kind: "message",
  message: one,
  position,
  at: one.sentAt,
  actor: one.sentBy,
  conversation: one.conversation,
});
const page = (position: number, minute: number, url: string): Entry => ({
  kind: "page",
  position,
  at: time(minute),
  actor: null,
  conversation: "c1",
  page: { url, title: url, at: time(minute) },
});
const STATUS = (value: string) => ({ fields: [{ name: "statusStr", label: "Status", type: "Str", value }] });
const ordered = (position: number, id: string, status: string): Entry => ({
  kind: "object",
  position,
  at: time(position),
  actor: null,
  conversation: null,
  isRemoved: false,
  object: {
    id,
    klass: "order",
    klassName: "Order",
    icon: "package",
    color: "#2563ab",
    externalId: id,
    title: id,
    fields: [{ name: "statusStr", label: "Status", type: "Str", value: status }],
    createdAt: time(position),
    updatedAt: time(position),
  },
});
const customer = { id: "k1", displayName: "Maya Lindqvist" };
const plain = { outgoing: [], seen: null, customer, timeZone: "UTC" };

describe("timelineRows", () => {
  it("draws days, groups, folded pages and lines in order", () => {
    const rows = timelineRows(
      [
        {
          kind: "opened",
          channel: "chat",
          since: time(0),
          way: [],
          position: 1,
          at: time(0),
          actor: null,
          conversation: "c1",
        },
        page(2, 0, "https://a.example/1"),
        page(3, 1, "https://a.example/2"),
        page(4, 1, "https://a.example/2"),
        said(5, message("m1", 2)),
        said(6, message("m2", 3)),
        said(7, message("m3", 20)),
        {
          kind: "read",
          message: "m3",
          side: "user",
          position: 8,
          at: time(21),
          actor: null,
          conversation: "c1",
        },
        said(9, message("m4", 21, { sentAt: time(0, 25) })),
      ],
      plain,
    );
    expect(
      rows.map((row) =>
        row.kind === "group"
          ? `group ${row.items.length}`
          : row.kind === "pages"
            ? `pages ${row.pages.length}`
            : row.kind,
      ),
    ).toEqual(["day", "line", "pages 2", "group 2", "group 1", "day", "group 1"]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });

  it("draws each email by itself, however soon the next one comes", () => {
    const email = { channel: "email" } as const;
    const rows = timelineRows(
      [said(1, message("m1", 1, email)), said(2, message("m2", 2, email)), said(3, message("m3", 3))],
      plain,
    );
    expect(rows.map(({ key }) => key).slice(1)).toEqual(["group-m1", "group-m2", "group-m3"]);
  });

  it("has one name for the customer, also on what they wrote before they were known", () => {
    const visitor = { type: "customer" as const, id: "k0", displayName: "Visitor 3F9A" };
    const rows = timelineRows(
      [said(1, message("m1", 1, { sentBy: visitor })), said(2, message("m2", 2))],
      plain,
    );
    const groups = rows.filter((row) => row.kind === "group");
    expect(groups.map(({ items }) => items.map((item) => item.message.sentBy.displayName))).toEqual([
      ["Maya Lindqvist", "Maya Lindqvist"],
    ]);
  });

  it("shows what is on its way after everything else, and once", () => {
    const own = {
      direction: "out",
      clientId: "x1",
      sentBy: { type: "user", id: "u1", displayName: "Ana" },
    } as const;
    const outgoing: Outgoing[] = [{ message: message("x1", 5, own), delivery: "sending", error: null }];
    const before = timelineRows([said(1, message("m1", 1))], { ...plain, outgoing });
    expect(before.at(-1)).toMatchObject({ kind: "group", key: "group-x1", items: [{ delivery: "sending" }] });
    const after = timelineRows([said(1, message("m1", 1)), said(2, message("real", 5, own))], {
      ...plain,
      outgoing,
    });
    expect(after.at(-1)).toMatchObject({ key: "group-x1", items: [{ delivery: "sent" }] });
  });

  it("draws one card for each record, where it last changed, with what it was before", () => {
    const rows = timelineRows(
      [
        ordered(1, "FW-1", "placed"),
        said(2, message("m1", 2)),
        ordered(3, "FW-2", "placed"),
        ordered(4, "FW-1", "shipped"),
      ],
      plain,
    );
    expect(rows.map(({ key }) => key).slice(1)).toEqual(["group-m1", "object-FW-2", "object-FW-1"]);
    expect(rows.at(-1)).toMatchObject({
      states: [{ object: STATUS("placed") }, { object: STATUS("shipped") }],
    });
  });

  it("says, of several conversations, where another goes on", () => {
    const other = { ...said(2, message("m2", 2, { conversation: "c2" })), conversation: "c2" };
    const entries = [
      said(1, message("m1", 1)),
      other,
      page(3, 3, "https://a.example/"),
      said(4, message("m4", 4)),
    ];
    const kinds = (hasParts: boolean) =>
      timelineRows(entries, { ...plain, hasParts }).map((row) =>
        row.kind === "part" ? `part ${row.conversation}` : row.kind,
      );
    expect(kinds(true)).toEqual(["day", "part c1", "group", "part c2", "group", "part c1", "pages", "group"]);
    expect(kinds(false)).not.toContain("part c2");
  });

  it("says under which message the customer's eyes are", () => {
    const rows = timelineRows([said(1, message("m1", 1, { direction: "out" }))], {
      ...plain,
      seen: { message: "m1", at: time(9) },
    });
    expect(rows.at(-1)).toMatchObject({ items: [{ seenAt: time(9) }] });
  });
});

describe("a timeline", () => {
  it("takes each fact once, in order, from pages, events and acks", () => {
    const newest = withNewestPage([said(5, message("m5", 5)), said(7, message("m7", 7))], {
      isComplete: false,
      position: 7,
    });
    const older = withOlderPage(newest, [said(2, message("m2", 2)), said(5, message("m5", 5))], {
      isComplete: true,
    });
    // The ack knows the message and a position that is information only; the event says where it really is.
    const acked = withEntry(older, said(12, message("m9", 9)));
    const after = withEntry(withEntry(acked, said(9, message("m9", 9))), said(9, message("m9", 9)));
    expect(after.entries.map(({ position }) => position)).toEqual([2, 5, 7, 9]);
    expect(after.isComplete).toBe(true);
  });

  it("remembers how far the customer has read", () => {
    const read = (side: "customer" | "user", position: number, id: string): Entry => ({
      kind: "read",
      side,
      message: id,
      position,
      at: time(position),
      actor: null,
      conversation: "c1",
    });
    const timeline = withNewestPage(
      [read("customer", 1, "m1"), read("customer", 3, "m3"), read("user", 4, "m4")],
      { isComplete: true, position: 4 },
    );
    expect(seenByCustomer(timeline)).toEqual({ message: "m3", at: time(3) });
    expect(seenByCustomer(LOADING)).toBeNull();
  });
});

describe("entries", () => {
  it("are not made of what nobody here knows", () => {
    const unknown = { kind: "weather.changed", at: time(1), data: {} } as unknown as AgentEvent;
    expect(entryOf(unknown, 1)).toBeNull();
  });
});
