import type { AgentEvent, ConversationChanges, EndedBy, Message, Reason } from "@kithdesk/api-client";

import type { Resource } from "../desk/reading.ts";
import type { Actor, PageView } from "../desk/types.ts";

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
        readonly reason: Reason;
      }
    | { readonly kind: "updated"; readonly changes: ConversationChanges }
    | { readonly kind: "ended"; readonly by: EndedBy }
    | { readonly kind: "page"; readonly page: PageView }
    | { readonly kind: "identified" }
  );

interface EntryHead {
  readonly position: number;
  readonly at: string;
  readonly actor: Actor | null;
}

/** What the API lists of a timeline is what sockets bring, with the position beside it. */
export function entryFromResource({ attributes }: Resource): Entry | null {
  const event = attributes as unknown as AgentEvent & { readonly position: number };
  return entryOf(event, event.position);
}

/** Null for kinds that have no place on a timeline, and for those this version does not know. */
export function entryOf(event: AgentEvent, position: number): Entry | null {
  const head: EntryHead = { position, at: event.at, actor: event.actor ?? null };
  switch (event.kind) {
    case "message.created":
    case "note.created":
      return { ...head, kind: "message", message: event.data.message };
    case "message.read": {
      const side = event.data.by.type === "customer" ? "customer" : "user";
      return { ...head, kind: "read", message: event.data.message, side };
    }
    case "conversation.opened":
      return { ...head, kind: "opened", channel: event.data.conversation.channel };
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
    case "conversation.updated":
      return { ...head, kind: "updated", changes: event.data.changes };
    case "conversation.ended":
      return { ...head, kind: "ended", by: event.data.endedBy };
    case "page.viewed": {
      const { url, title, at } = event.data;
      return { ...head, kind: "page", page: { url, title, at } };
    }
    case "conversation.identified":
      return { ...head, kind: "identified" };
    default:
      return null;
  }
}
