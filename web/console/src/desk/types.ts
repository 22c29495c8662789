/** What the desk knows of a conversation: one shape, whether it came by HTTP or by an event. */
export interface Conversation {
  readonly id: string;
  readonly customer: string;
  readonly customerName: string;
  readonly name: string | null;
  readonly status: Status;
  readonly snoozedUntil: string | null;
  readonly channel: string;
  readonly queue: string | null;
  readonly assignedUsers: readonly string[];
  readonly assignedTeams: readonly string[];
  readonly tags: readonly string[];
  readonly preview: string;
  readonly lastMessageAt: string | null;
  readonly lastMessageDirection: "in" | "out" | null;
  /** When the oldest unanswered message of the customer came; null when nobody waits. */
  readonly waitingSince: string | null;
  readonly createdAt: string;
  readonly ended: boolean;
  /** The customer wrote something that no agent has looked at. */
  readonly isUnread: boolean;
  readonly context: VisitContext;
  /** Everything of the organisation's journal up to here is in this record. */
  readonly position: number;
}

export type Status = "open" | "snoozed" | "done";

export interface PageView {
  readonly url: string;
  readonly title: string;
  readonly at: string;
}

export interface VisitContext {
  readonly device: string | null;
  readonly browser: string | null;
  readonly os: string | null;
  readonly language: string | null;
  readonly referrer: string | null;
  readonly timeZone: string | null;
  readonly pages: readonly PageView[];
  readonly currentPage: PageView | null;
}

export interface Customer {
  readonly id: string;
  readonly displayName: string;
  readonly emails: readonly { readonly email: string; readonly verified: boolean }[];
  readonly phones: readonly { readonly phone: string; readonly verified: boolean }[];
  readonly externalId: string | null;
  readonly identified: boolean;
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
  /** What the person says of themselves. Nobody has checked it. */
  readonly claims: readonly (readonly [name: string, value: string])[];
  readonly custom: readonly (readonly [name: string, value: string])[];
}

export type Presence = "available" | "busy" | "unavailable" | "offline";

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

export interface Actor {
  readonly type: "customer" | "user" | "machine" | "system";
  readonly id: string | null;
  readonly displayName: string;
}

export interface MessageAttachment {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly contentLength: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly hasThumbnail: boolean;
}

export interface Message {
  readonly id: string;
  readonly conversation: string;
  readonly customer: string;
  readonly direction: "in" | "out";
  readonly kind: "message" | "note";
  readonly channel: string;
  readonly body: string;
  readonly clientId: string | null;
  readonly sentAt: string;
  readonly sentBy: Actor;
  readonly attachments: readonly MessageAttachment[];
  /** When the other side saw it. */
  readonly readAt: string | null;
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
