import { describe, expect, it } from "vitest";

import { aMessage } from "../desk/testing.ts";
import type { Entry } from "./entries.ts";
import { LOADING, type Timeline } from "./timeline.ts";
import { isAbout, seenIn, withFacts } from "./view.ts";

const AT = "2026-11-24T10:00:00.000Z";
const head = (position: number, conversation: string | null) => ({
  position,
  at: AT,
  actor: null,
  conversation,
});

const said = (position: number, body: string, kind: "message" | "note" = "message"): Entry => ({
  ...head(position, "c1"),
  kind: "message",
  message: aMessage({ id: `m${position}`, body, kind }),
});
const ordered = (position: number, title: string): Entry => ({
  ...head(position, null),
  kind: "object",
  isRemoved: false,
  object: {
    id: `o${position}`,
    klass: "order",
    klassName: "Order",
    icon: null,
    color: null,
    externalId: null,
    title,
    fields: [{ name: "statusStr", label: "Status", type: "Str", value: "shipped" }],
    createdAt: AT,
    updatedAt: AT,
  },
});
const timeline = (entries: readonly Entry[]): Timeline => ({
  ...LOADING,
  entries,
  oldest: 0,
  state: "ready",
});
const having = (entries: readonly Entry[], query: string) => entries.filter((entry) => isAbout(entry, query));
const positions = (entries: readonly Entry[]) => entries.map(({ position }) => position);

describe("a conversation's timeline", () => {
  const own = timeline([said(5, "Hi"), said(9, "Bye")]);
  const whole = timeline([ordered(3, "1"), said(5, "Hi"), ordered(7, "2"), said(9, "Bye"), ordered(12, "3")]);

  it("has what happened to the customer meanwhile, once, and nothing from before it", () => {
    expect(positions(withFacts(own, whole, false))).toEqual([5, 7, 9, 12]);
  });

  it("ends with its last words when it is done", () => {
    expect(positions(withFacts(own, whole, true))).toEqual([5, 7, 9]);
  });
});

describe("what one asked to see", () => {
  const entries = [said(1, "Where is my Fjällräven?"), said(2, "Among us", "note"), ordered(3, "FW-20931")];

  it("is only of that kind", () => {
    expect(positions(seenIn(entries, "notes"))).toEqual([2]);
    expect(positions(seenIn(entries, "objects"))).toEqual([3]);
    expect(positions(seenIn(entries, "messages"))).toEqual([1]);
  });

  it("keeps what the company tells apart from its records, and from what changed", () => {
    const tracked: Entry = {
      ...head(4, null),
      kind: "tracked",
      name: "Basket left",
      facts: [],
      happenedAt: AT,
    };
    const changed: Entry = {
      ...head(5, null),
      kind: "changed",
      isUndo: false,
      changes: [{ field: "name", before: "Bo", after: "Maya" }],
    };
    const all = [...entries, tracked, changed];

    expect(positions(seenIn(all, "events"))).toEqual([4]);
    expect(positions(seenIn(all, "changes"))).toEqual([5]);
    expect(positions(having(all, "Bo → Maya"))).toEqual([5]);
  });

  it("is found by all its words, whatever their accents, also inside a record", () => {
    expect(positions(having(entries, "fjallraven where"))).toEqual([1]);
    expect(positions(having(entries, "20931"))).toEqual([3]);
    expect(positions(having(entries, "SHIPPED"))).toEqual([3]);
    expect(positions(having(entries, "nowhere"))).toEqual([]);
  });

  it("tells emails from chats, and finds them by subject and address", () => {
    const email: Entry = {
      ...head(4, "c2"),
      kind: "message",
      message: aMessage({
        id: "m4",
        channel: "email",
        email: {
          subject: "Flying",
          from: { email: "maya@example.com", name: null },
          to: [],
          cc: [],
          bcc: [],
        },
      }),
    };
    const all = [...entries, email];

    expect(positions(seenIn(all, "emails"))).toEqual([4]);
    expect(positions(seenIn(all, "chats"))).toEqual([1]);
    expect(positions(seenIn(all, "messages"))).toEqual([1, 4]);
    expect(positions(having(all, "flying maya@"))).toEqual([4]);
  });
});
