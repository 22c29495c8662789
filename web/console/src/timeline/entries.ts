import {
  isJson,
  list,
  type Resource,
  readActor,
  readMessage,
  readPage,
  text,
  textOrNull,
} from "../desk/reading.ts";
import type { Actor, Message, PageView } from "../desk/types.ts";

/** One fact on a conversation's timeline, ready to be drawn. */
export type Entry = EntryHead &
  (
    | { readonly kind: "message"; readonly message: Message }
    | { readonly kind: "read"; readonly message: string; readonly side: "customer" | "user" }
    | { readonly kind: "opened"; readonly channel: string }
    | {
        readonly kind: "assigned";
        readonly agents: readonly string[];
        readonly teams: readonly string[];
        readonly queue: string | null;
        readonly reason: { readonly code: string; readonly text: string } | null;
      }
    | { readonly kind: "updated"; readonly changes: readonly Change[] }
    | { readonly kind: "ended"; readonly by: Actor; readonly reason: string | null }
    | { readonly kind: "page"; readonly page: PageView }
    | { readonly kind: "merged" }
  );

interface EntryHead {
  readonly position: number;
  readonly at: string;
  readonly actor: Actor | null;
}

export interface Change {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

type Json = Readonly<Record<string, unknown>>;
type Read = (data: Json, head: EntryHead) => Entry | null;

const READERS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ["message.created", message],
  ["note.created", message],
  [
    "message.read",
    (data, head) => ({ ...head, kind: "read", message: text(data.message), side: sideOf(data.by) }),
  ],
  [
    "conversation.opened",
    (data, head) => ({
      ...head,
      kind: "opened",
      channel: isJson(data.conversation) ? text(data.conversation.channel) : "",
    }),
  ],
  ["conversation.assigned", assigned],
  ["conversation.updated", updated],
  [
    "conversation.ended",
    (data, head) => ({
      ...head,
      kind: "ended",
      by: readActor(data.endedBy),
      reason: textOrNull(data.reason),
    }),
  ],
  ["page.viewed", pageViewed],
  ["customer.merged", (_data, head) => ({ ...head, kind: "merged" })],
]);

export function entryFromResource(resource: Resource): Entry | null {
  const { attributes } = resource;
  const position = typeof attributes.position === "number" ? attributes.position : 0;
  return readEntry(
    { kind: text(attributes.kind), at: text(attributes.at), actor: attributes.actor, data: attributes.data },
    position,
  );
}

/** Null for kinds that have no place on a timeline, and for those this version does not know. */
export function readEntry(
  event: { readonly kind: string; readonly at: string; readonly actor?: unknown; readonly data: unknown },
  position: number,
): Entry | null {
  if (!isJson(event.data)) return null;
  // An answer names who did it beside the data, an event may name them in it.
  const by = event.actor ?? event.data.by;
  const head: EntryHead = { position, at: event.at, actor: isJson(by) ? readActor(by) : null };
  return READERS.get(event.kind)?.(event.data, head) ?? null;
}

function message(data: Json, head: EntryHead): Entry | null {
  if (!isJson(data.message)) return null;
  return { ...head, kind: "message", message: readMessage(data.message) };
}

function assigned(data: Json, head: EntryHead): Entry {
  const names = (value: unknown, field: string) =>
    list(value)
      .filter(isJson)
      .map((named) => text(named[field]))
      .filter((name) => name !== "");
  return {
    ...head,
    kind: "assigned",
    agents: names(data.assignedUsers, "displayName"),
    teams: names(data.assignedTeams, "name"),
    queue: textOrNull(data.queue),
    reason: isJson(data.reason) ? { code: text(data.reason.code), text: text(data.reason.text) } : null,
  };
}

function updated(data: Json, head: EntryHead): Entry | null {
  if (!isJson(data.changes)) return null;
  const changes = Object.entries(data.changes).flatMap(([field, change]) =>
    isJson(change) ? [{ field, before: change.before, after: change.after }] : [],
  );
  return changes.length === 0 ? null : { ...head, kind: "updated", changes };
}

function pageViewed(data: Json, head: EntryHead): Entry | null {
  const page = readPage({ at: head.at, ...data });
  return page === null ? null : { ...head, kind: "page", page };
}

function sideOf(by: unknown): "customer" | "user" {
  return isJson(by) && by.type === "user" ? "user" : "customer";
}
