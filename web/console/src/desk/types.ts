import type {
  AgentStatusChanged,
  Attachment,
  ConversationContext,
  LiveConversation,
  LiveSla,
  SentBy,
  VisitedPage,
} from "@kithdesk/api-client";

/*
 * What the desk knows. Where the protocol's own shape will do, it is that one, so that a field renamed on the server
 * does not pass type checking here.
 */

export type { Message } from "@kithdesk/api-client";

export type Actor = SentBy;
export type MessageAttachment = Attachment;
export type PageView = VisitedPage;
export type Presence = AgentStatusChanged["status"];
export type Status = LiveConversation["status"];
/** The medium in which a conversation is held. */
export type Channel = LiveConversation["channel"];
/** What is promised to a customer, and how the conversation stands with it. */
export type Sla = Readonly<Pick<LiveSla, "id" | "name" | "status" | "metrics">>;

export type VisitContext = Readonly<
  Pick<
    ConversationContext,
    "device" | "browser" | "os" | "language" | "referrer" | "timeZone" | "pages" | "currentPage"
  >
>;

/** What the desk knows of a conversation: one shape, whether it came by HTTP or by an event. */
export interface Conversation {
  readonly id: string;
  readonly customer: string;
  readonly customerName: string;
  readonly name: string | null;
  readonly status: Status;
  readonly snoozedUntil: string | null;
  readonly channel: Channel;
  readonly queue: string | null;
  readonly assignedUsers: readonly string[];
  readonly assignedTeams: readonly string[];
  readonly tags: readonly string[];
  /** Who goes first of those who may take it: wished for by hand. */
  readonly preferredUser: string | null;
  /** Keys of the skills that are asked for by hand. */
  readonly skills: readonly string[];
  readonly preview: string;
  readonly lastMessageAt: string | null;
  readonly lastMessageDirection: "in" | "out" | null;
  /** When the oldest unanswered message of the customer came; `waitsSince` says whether they wait for an answer. */
  readonly waitingSince: string | null;
  readonly createdAt: string;
  readonly ended: boolean;
  /** Whether who writes as the customer has proved to be them; null where nobody wrote who could. */
  readonly signedIn: boolean | null;
  /** The customer wrote something that no agent has looked at. */
  readonly isUnread: boolean;
  /** Null where nothing is promised. */
  readonly sla: Sla | null;
  readonly context: VisitContext;
  /** Everything of the organisation's journal up to here is in this record. */
  readonly position: number;
}

/** Since when the customer waits for an answer; null when nobody does, as after the end of a chat. */
export function waitsSince({ status, ended, waitingSince }: Conversation): string | null {
  return status === "open" && !ended ? waitingSince : null;
}

/** Whether what is written now reaches the customer: no e-mail goes out from here, and a chat may have ended. */
export function canBeAnswered({ channel, ended }: Conversation): boolean {
  return channel === "chat" && !ended;
}

export interface Customer {
  readonly id: string;
  readonly displayName: string;
  /** Null of somebody who is only called "Visitor 3F9A" here. */
  readonly name: string | null;
  readonly emails: readonly EmailAddress[];
  readonly phones: readonly PhoneNumber[];
  readonly externalId: string | null;
  readonly identified: boolean;
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
  readonly timeZone: string | null;
  readonly company: Named | null;
  readonly tags: readonly string[];
  /** Agents who want to hear of what happens here. */
  readonly watchers: readonly string[];
  /** Addresses that several customers may have, and places: on record, and nothing to write to. */
  readonly others: readonly (readonly [name: string, value: string])[];
  /** What the person says of themselves. Nobody has checked it. */
  readonly claims: readonly (readonly [name: string, value: string])[];
  /** Values of declared attributes, by their names. */
  readonly custom: Readonly<Record<string, unknown>>;
  /** Which version of the record this is; null of one that only events have told of. */
  readonly rev: number | null;
}

export interface EmailAddress {
  readonly email: string;
  readonly type: string;
  readonly verified: boolean;
}

export interface PhoneNumber {
  readonly phone: string;
  readonly type: string;
  readonly verified: boolean;
}

export interface Agent {
  readonly id: string;
  readonly displayName: string;
  readonly status: Presence;
  readonly reason: string | null;
  readonly changedAt: string | null;
  readonly load: number | null;
  readonly capacity: number | null;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

export const NO_CONTEXT: VisitContext = {
  device: null,
  browser: null,
  os: null,
  language: null,
  referrer: null,
  timeZone: null,
  pages: [],
  currentPage: null,
};
