import { shownFields } from "../objects/values.ts";
import { wordsOfEmail } from "./emails.ts";
import type { Entry } from "./entries.ts";
import { changeText } from "./record-words.ts";
import type { Timeline } from "./timeline.ts";

export const FILTERS = [
  "all",
  "messages",
  "chats",
  "emails",
  "notes",
  "objects",
  "events",
  "visits",
  "changes",
] as const;
export type Filter = (typeof FILTERS)[number];

/** What of a timeline one wants to see, and which words to find in it. */
export interface View {
  readonly filter: Filter;
  readonly query: string;
}

export const PLAIN: View = { filter: "all", query: "" };

/**
 * A conversation's own entries, and among them what happened to the customer outside of any: an order that came while
 * they wrote. What came before its first words or after it was done is the customer's timeline's to tell.
 */
export function withFacts(own: Timeline, whole: Timeline, isOver: boolean): readonly Entry[] {
  const first = own.entries[0]?.position;
  const last = own.entries.at(-1)?.position ?? 0;
  if (first === undefined) return own.entries;
  const facts = whole.entries.filter(
    ({ conversation, position }) => conversation === null && position > first && (!isOver || position < last),
  );
  if (facts.length === 0) return own.entries;
  return [...own.entries, ...facts].sort((one, other) => one.position - other.position);
}

export function seenIn(entries: readonly Entry[], filter: Filter): readonly Entry[] {
  return filter === "all" ? entries : entries.filter((entry) => isIn(entry, filter));
}

function isIn(entry: Entry, filter: Filter): boolean {
  const kind = kindOf(entry);
  if (kind !== "messages" || entry.kind !== "message") return kind === filter;
  return filter === "messages" || filter === (entry.message.channel === "email" ? "emails" : "chats");
}

/** Under which filter an entry is found; what is not drawn is under none. */
function kindOf(entry: Entry): Filter | null {
  switch (entry.kind) {
    case "message":
      return entry.message.kind === "note" ? "notes" : "messages";
    case "object":
      return "objects";
    case "tracked":
      return "events";
    case "page":
      return "visits";
    case "read":
      return null;
    default:
      return "changes";
  }
}

/** Whether it is drawn, and every word asked for is somewhere in it. */
export function isAbout(entry: Entry, query: string): boolean {
  if (kindOf(entry) === null) return false;
  const text = folded(textOf(entry));
  return wordsOf(query).every((word) => text.includes(word));
}

function textOf(entry: Entry): string {
  switch (entry.kind) {
    case "message":
      return [
        entry.message.body,
        entry.message.sentBy.displayName,
        ...entry.message.attachments.map(({ name }) => name),
        ...(entry.message.email === undefined ? [] : wordsOfEmail(entry.message.email)),
      ].join("\n");
    case "object": {
      const { klassName, title, externalId, fields } = entry.object;
      return [klassName, title, externalId ?? "", ...shownFields(fields).map(({ text }) => text)].join("\n");
    }
    case "tracked":
      return [entry.name, ...entry.facts.map(([, value]) => value)].join("\n");
    case "page":
      return `${entry.page.title}\n${entry.page.url}`;
    case "changed":
      return changeText(entry.changes);
    case "created":
      return entry.name;
    case "assigned":
      return [...entry.agents, ...entry.teams].join("\n");
    default:
      return "";
  }
}

export function wordsOf(query: string): string[] {
  return folded(query)
    .split(/\s+/u)
    .filter((word) => word !== "");
}

/** Case and accents do not count. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
