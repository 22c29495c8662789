import { continues, dayOf } from "@kithdesk/ui";

import type { Message, PageView } from "../desk/types.ts";
import type { KObject } from "../objects/types.ts";
import { type Entry, idOf } from "./entries.ts";

export type Delivery = "sent" | "sending" | "waiting" | "refused";

/** A message on its way, as the outbox has it. */
export interface Outgoing {
  readonly message: Message;
  readonly delivery: Exclude<Delivery, "sent">;
  readonly error: string | null;
}

export interface Item {
  readonly message: Message;
  readonly delivery: Delivery;
  readonly error: string | null;
  /** Set on the last message that the customer has seen. */
  readonly seenAt: string | null;
}

export type Line = Exclude<Entry, { kind: "message" | "read" | "page" | "object" }>;

/** What became of one record, oldest first; the last state is how it stands. */
export interface ObjectState {
  readonly object: KObject;
  readonly at: string;
  readonly isRemoved: boolean;
  /** The agent or program that wrote it; null where a connected shop did. */
  readonly by: string | null;
}

/** What the timeline draws, top to bottom. */
export type Row =
  | { readonly kind: "day"; readonly key: string; readonly at: string }
  | { readonly kind: "group"; readonly key: string; readonly items: readonly Item[] }
  | {
      readonly kind: "pages";
      readonly key: string;
      readonly pages: readonly PageView[];
      /** What the entries are found by. */
      readonly ids: readonly string[];
    }
  | { readonly kind: "object"; readonly key: string; readonly states: readonly ObjectState[] }
  | { readonly kind: "line"; readonly key: string; readonly line: Line }
  /** Where another conversation goes on. */
  | { readonly kind: "part"; readonly key: string; readonly conversation: string };

interface Options {
  readonly outgoing: readonly Outgoing[];
  readonly seen: { readonly message: string; readonly at: string } | null;
  /** Whose conversation it is by now: a visitor who signed in has the name on what they said before. */
  readonly customer: { readonly id: string; readonly displayName: string };
  readonly timeZone?: string | undefined;
  /** Of several conversations: each says where it goes on. */
  readonly hasParts?: boolean;
}

/**
 * Entries as rows: a divider where a day begins, one author's messages together, page views folded into one row, and
 * one card for each record, where it last changed.
 */
export function timelineRows(
  entries: readonly Entry[],
  { outgoing, seen, customer, timeZone, hasParts = false }: Options,
): Row[] {
  const rows: MutableRow[] = [];
  const states = statesOf(entries);
  let day = "";
  let part: string | null = null;
  const onDay = (at: string) => {
    const next = dayOf(at, timeZone);
    if (next !== day) rows.push({ kind: "day", key: `day-${next}`, at });
    day = next;
  };
  const sent = new Set(entries.map((entry) => (entry.kind === "message" ? entry.message.clientId : null)));
  for (const entry of entries) {
    if (entry.kind === "read" || isOldState(entry, states)) continue;
    onDay(entry.at);
    if (hasParts && entry.conversation !== null && entry.conversation !== part) {
      part = entry.conversation;
      rows.push({ kind: "part", key: `part-${entry.position}`, conversation: part });
    }
    if (entry.kind === "object") rows.push(objectRow(entry, states));
    else addEntry(rows, asKnownNow(entry, customer), seen, timeZone);
  }
  for (const one of outgoing) {
    if (sent.has(one.message.clientId)) continue;
    onDay(one.message.sentAt);
    addMessage(rows, { ...one, seenAt: null }, timeZone);
  }
  return rows;
}

type ObjectEntry = Extract<Entry, { kind: "object" }>;

function statesOf(entries: readonly Entry[]): ReadonlyMap<string, readonly ObjectEntry[]> {
  const states = new Map<string, ObjectEntry[]>();
  for (const entry of entries) {
    if (entry.kind !== "object") continue;
    const known = states.get(entry.object.id);
    if (known === undefined) states.set(entry.object.id, [entry]);
    else known.push(entry);
  }
  return states;
}

function isOldState(entry: Entry, states: ReadonlyMap<string, readonly ObjectEntry[]>): boolean {
  return entry.kind === "object" && states.get(entry.object.id)?.at(-1) !== entry;
}

function objectRow(entry: ObjectEntry, states: ReadonlyMap<string, readonly ObjectEntry[]>): MutableRow {
  const { id } = entry.object;
  const all = (states.get(id) ?? [entry]).map(({ object, at, isRemoved, actor }) => ({
    object,
    at,
    isRemoved,
    by: writerOf(actor),
  }));
  return { kind: "object", key: `object-${id}`, states: all };
}

function writerOf(actor: Entry["actor"]): string | null {
  return actor === null || actor.type === "system" ? null : actor.displayName || null;
}

function asKnownNow<Of extends Entry>(entry: Of, customer: Options["customer"]): Of {
  if (entry.kind !== "message" || entry.message.sentBy.type !== "customer") return entry;
  return { ...entry, message: { ...entry.message, sentBy: { type: "customer", ...customer } } };
}

type MutableRow =
  | Exclude<Row, { kind: "group" | "pages" }>
  | { kind: "group"; key: string; items: Item[] }
  | { kind: "pages"; key: string; pages: PageView[]; ids: string[] };

function addEntry(
  rows: MutableRow[],
  entry: Exclude<Entry, { kind: "read" | "object" }>,
  seen: Options["seen"],
  timeZone: string | undefined,
): void {
  if (entry.kind === "message") {
    const seenAt = seen?.message === entry.message.id ? seen.at : null;
    addMessage(rows, { message: entry.message, delivery: "sent", error: null, seenAt }, timeZone);
  } else if (entry.kind === "page") addPage(rows, entry);
  else rows.push({ kind: "line", key: `line-${entry.position}`, line: entry });
}

function addMessage(rows: MutableRow[], item: Item, timeZone: string | undefined): void {
  const last = rows.at(-1);
  const previous = last?.kind === "group" ? last.items.at(-1) : undefined;
  if (
    last?.kind === "group" &&
    previous !== undefined &&
    !isEmail(previous) &&
    !isEmail(item) &&
    continues(previous.message, item.message, timeZone)
  ) {
    last.items.push(item);
  } else
    rows.push({ kind: "group", key: `group-${item.message.clientId ?? item.message.id}`, items: [item] });
}

/** Each is a letter of its own. */
function isEmail({ message }: Item): boolean {
  return message.channel === "email" && message.kind === "message";
}

/** Reloading a page is not news: the same address twice in a row is one visit. */
function addPage(rows: MutableRow[], entry: Extract<Entry, { kind: "page" }>): void {
  const { page, position } = entry;
  const last = rows.at(-1);
  if (last?.kind !== "pages")
    rows.push({ kind: "pages", key: `pages-${position}`, pages: [page], ids: [idOf(entry)] });
  else {
    last.ids.push(idOf(entry));
    if (last.pages.at(-1)?.url !== page.url) last.pages.push(page);
  }
}
