import type {
  AgentEvent,
  ConversationChanges,
  EndedBy,
  LiveConversation,
  Message,
  Reason,
} from "@kithdesk/api-client";

import { isJson, pairs, type Resource, text, textOrNull } from "../desk/reading.ts";
import type { Actor, Channel, PageView } from "../desk/types.ts";
import { fullNameOf } from "../objects/names.ts";
import { objectFromCard } from "../objects/reading.ts";
import type { KObject } from "../objects/types.ts";

/** One fact on a timeline, ready to be drawn. */
export type Entry = EntryHead &
  (
    | { readonly kind: "message"; readonly message: Message }
    | { readonly kind: "read"; readonly message: string; readonly side: "customer" | "user" }
    | {
        readonly kind: "opened";
        readonly channel: Channel;
        /** When, which a program may tell late. */
        readonly since: string;
        /** The pages that led to it. */
        readonly way: readonly PageView[];
      }
    | {
        readonly kind: "assigned";
        readonly agents: readonly string[];
        readonly teams: readonly string[];
        readonly queue: string | null;
        readonly reason: Reason;
      }
    | { readonly kind: "handedOn"; readonly reason: string }
    | { readonly kind: "updated"; readonly changes: ConversationChanges; readonly cause: string | null }
    | { readonly kind: "ended"; readonly by: EndedBy }
    | { readonly kind: "page"; readonly page: PageView }
    /** By somebody who has signed in; so many browsers that never did have no part in it any more. */
    | { readonly kind: "takenUp"; readonly browsers: number }
    | { readonly kind: "object"; readonly object: KObject; readonly isRemoved: boolean }
    | { readonly kind: "linked"; readonly object: string; readonly isOn: boolean }
    | {
        readonly kind: "tracked";
        readonly name: string;
        readonly facts: readonly NamedFact[];
        /** What is told late says when it was. */
        readonly happenedAt: string;
      }
    | { readonly kind: "created"; readonly name: string; readonly since: string | null }
    | {
        readonly kind: "changed";
        readonly changes: readonly FieldChange[];
        /** An import was taken back. */
        readonly isUndo: boolean;
      }
    | { readonly kind: "merged"; readonly merge: string | null; readonly name: string | null }
    | { readonly kind: "unmerged"; readonly name: string | null }
    | { readonly kind: "moved"; readonly name: string }
    | Promised
    | { readonly kind: "broken"; readonly sla: string; readonly metric: string; readonly due: string }
  );

/** Another service level holds, or none; and the one there was, with what it promised and is promised no longer. */
interface Promised {
  readonly kind: "promised";
  readonly sla: string | null;
  readonly cause: string | null;
  readonly left: { readonly name: string; readonly dueAt: Readonly<Record<string, string | null>> } | null;
}

type NamedFact = readonly [name: string, value: string];

/** A field of the record, by the API's name for it, before and after. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

interface EntryHead {
  readonly position: number;
  readonly at: string;
  readonly actor: Actor | null;
  /** Null for what is the customer's own, and no conversation's. */
  readonly conversation: string | null;
}

export const UNNAMED = "at-";

/** What an entry is found by: the message or the record that it is about, else where it stands. */
export function idOf(entry: Entry): string {
  if (entry.kind === "message") return entry.message.id;
  return entry.kind === "object" ? entry.object.id : `${UNNAMED}${entry.position}`;
}

/** What the API lists of a timeline is what sockets bring, with the position beside it. */
export function entryFromResource({ attributes }: Resource): Entry | null {
  const event = attributes as unknown as AgentEvent & { readonly position: number };
  return entryOf(event, event.position);
}

/** Null for kinds that have no place on a timeline, and for those this version does not know. */
export function entryOf(event: AgentEvent, position: number): Entry | null {
  const head: EntryHead = {
    position,
    at: event.at,
    actor: event.actor ?? null,
    conversation: conversationOf(event.data),
  };
  switch (event.kind) {
    case "message.created":
    case "note.created":
      return { ...head, kind: "message", message: event.data.message };
    case "message.read": {
      const side = event.data.by.type === "customer" ? "customer" : "user";
      return { ...head, kind: "read", message: event.data.message, side };
    }
    case "conversation.opened":
      return { ...head, kind: "opened", ...openingOf(event.data.conversation) };
    case "conversation.assigned": {
      const { assignedUsers, assignedTeams, queue, reason } = event.data;
      const agents = assignedUsers.map(({ displayName }) => displayName);
      return {
        ...head,
        kind: "assigned",
        agents,
        teams: assignedTeams.map(({ name }) => name),
        queue,
        reason,
      };
    }
    case "work.transferred": {
      // To whom stands in the line before it.
      const { reason } = event.data;
      return reason === "" ? null : { ...head, kind: "handedOn", reason };
    }
    case "conversation.updated":
      return { ...head, kind: "updated", changes: event.data.changes, cause: event.data.cause };
    case "conversation.ended":
      return { ...head, kind: "ended", by: event.data.endedBy };
    case "page.viewed": {
      const { url, title, at } = event.data;
      return { ...head, kind: "page", page: { url, title, at } };
    }
    case "conversation.taken_up":
      return { ...head, kind: "takenUp", browsers: event.data.visitors.length };
    case "sla.matched":
    case "sla.unmatched": {
      const { sla, cause, left } = event.data;
      return { ...head, kind: "promised", sla: sla?.name ?? null, cause, left };
    }
    case "sla.breached": {
      const { policy, metric, due } = event.data;
      return { ...head, kind: "broken", sla: policy, metric, due };
    }
    case "customer.created": {
      const { displayName, createdAt } = event.data.customer;
      return { ...head, kind: "created", name: displayName, since: textOrNull(createdAt) };
    }
    case "customer.updated": {
      const changes = changesOf(event.data.changes);
      return changes.length === 0
        ? null
        : { ...head, kind: "changed", changes, isUndo: event.data.isUndo === true };
    }
    default:
      return factOf(head, event.kind, event.data);
  }
}

function openingOf({ channel, createdAt, context }: LiveConversation) {
  return { channel, since: createdAt, way: context.pages };
}

/** Facts about the customer, read as carefully as resources: what they hold is the organisation's own. */
function factOf(head: EntryHead, kind: string, data: unknown): Entry | null {
  if (!isJson(data)) return null;
  switch (kind) {
    case "kobject.created":
    case "kobject.updated":
    case "kobject.removed": {
      const object = objectFromCard(data.kobject);
      return object === null
        ? null
        : { ...head, kind: "object", object, isRemoved: kind === "kobject.removed" };
    }
    case "kobject.linked":
    case "kobject.unlinked": {
      const object = objectFromCard(data.kobject);
      const name = object === null ? "" : fullNameOf(object);
      return { ...head, kind: "linked", object: name, isOn: kind === "kobject.linked" };
    }
    case "customer.tracked": {
      const happenedAt = textOrNull(data.at) ?? head.at;
      return { ...head, kind: "tracked", name: text(data.name), facts: pairs(data.meta), happenedAt };
    }
    // A login moves an anonymous record into a known one too, which its own line says.
    case "customer.merged":
      return data.by === "agent"
        ? { ...head, kind: "merged", merge: textOrNull(data.merge), name: textOrNull(data.fromName) }
        : null;
    case "customer.parted":
      return { ...head, kind: "unmerged", name: textOrNull(data.fromName) };
    case "customer.unmerged":
      return { ...head, kind: "unmerged", name: textOrNull(data.ofName) };
    case "conversation.moved":
      return { ...head, kind: "moved", name: text(data.customerName) };
    default:
      return null;
  }
}

/** Told elsewhere, or nobody's to know: who watches, what a page claims, and that somebody signed in. */
const UNTOLD: ReadonlySet<string> = new Set(["watchers", "claims", "identified"]);

function changesOf(changes: unknown): FieldChange[] {
  if (!isJson(changes)) return [];
  // A company is told by its name, where that is known.
  const isTold = (field: string) => !UNTOLD.has(field) && !(field === "company" && "companyName" in changes);
  return Object.entries(changes).flatMap(([field, change]) =>
    isTold(field) && isJson(change) ? [{ field, before: change.before, after: change.after }] : [],
  );
}

function conversationOf(data: unknown): string | null {
  if (!isJson(data)) return null;
  const { conversation, message } = data;
  if (isJson(message)) return textOrNull(message.conversation);
  return isJson(conversation) ? textOrNull(conversation.id) : textOrNull(conversation);
}
