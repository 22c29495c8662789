/**
 * The live protocol's frames. Written by `python -m kithdesk.live.generate` from the server's own
 * declarations; change those, not this file.
 */

export type Id = string;
/** ISO 8601 with milliseconds and `Z`. */
export type Instant = string;

export interface Author {
  type: "customer" | "user" | "machine" | "system";
  id: Id | null;
  displayName: string;
}

export interface Attachment {
  id: Id;
  name: string;
  contentType: string;
  contentLength: number;
  width: number | null;
  height: number | null;
  hasThumbnail: boolean;
}

export interface Message {
  id: Id;
  conversation: Id;
  customer: Id;
  direction: "in" | "out";
  kind: "message" | "note";
  channel: string;
  body: string;
  clientId: string | null;
  sentAt: Instant;
  sentBy: Author;
  attachments: Attachment[];
}

export type ConversationStatus = "open" | "snoozed" | "done";

export interface Snooze {
  time: Instant;
  status?: string;
}

export interface Page {
  url: string;
  title: string;
  at: Instant;
}

export interface VisitorContext {
  pages: Page[];
  referrer: string | null;
  language: string | null;
  languages?: string[];
  timeZone: string | null;
  screen?: { width: number; height: number };
  clientHints?: Record<string, string>;
}

export interface ConversationContext {
  device: string | null;
  browser: string | null;
  os: string | null;
  language: string | null;
  referrer: string | null;
  timeZone: string | null;
  pages: Page[];
  currentPage: Page | null;
}

export interface LiveConversation {
  id: Id;
  customer: Id;
  customerName: string;
  name: string | null;
  status: ConversationStatus;
  snooze: Snooze | null;
  channel: string;
  queue: Id | null;
  assignedUsers: Id[];
  assignedTeams: Id[];
  tags: Id[];
  priority: number;
  preview: string | null;
  lastMessageAt: Instant | null;
  lastMessageDirection: "in" | "out" | null;
  lastMessageUnrespondedTo: Instant | null;
  createdAt: Instant;
  ended: boolean;
  messageCount: number;
  noteCount: number;
  context: ConversationContext | null;
}

export interface LiveCustomer {
  id: Id;
  displayName: string;
  emails: { email: string; verified: boolean }[];
  phones: { phone: string; verified?: boolean }[];
  externalId: string | null;
  identified: boolean;
  avatarUrl: string | null;
  createdAt: Instant;
  lastSeenAt: Instant | null;
  claims: Record<string, unknown>;
}

export type Changes = Record<string, { before: unknown; after: unknown }>;

interface Fact<Kind extends string, Data> {
  kind: Kind;
  at: Instant;
  data: Data;
}

interface MessageRead {
  conversation: Id;
  message: Id;
  by: { type: "customer" | "user"; id: Id | null; displayName: string };
  at: Instant;
}

interface ConversationEnded {
  conversation: Id;
  endedBy: { type: string; id?: Id | null; displayName: string };
  endedAt: Instant;
  reason: string | null;
}

/** What an agent is told. */
export type AgentEvent =
  | Fact<"conversation.opened", { conversation: LiveConversation; customer: LiveCustomer }>
  | Fact<"conversation.updated", { conversation: Id; changes: Changes }>
  | Fact<
      "conversation.assigned",
      {
        conversation: Id;
        queue: Id | null;
        assignedUsers: { id: Id; displayName: string }[];
        assignedTeams: { id: Id; name: string }[];
        reason: { code: string; text: string } | null;
      }
    >
  | Fact<"conversation.ended", ConversationEnded>
  | Fact<"message.created", { message: Message }>
  | Fact<"note.created", { message: Message }>
  | Fact<"message.read", MessageRead>
  | Fact<"customer.created", { customer: LiveCustomer }>
  | Fact<"customer.updated", { customer: Id; changes: Changes }>
  | Fact<"customer.merged", { customer: Id; from: Id; conversations: Id[] }>
  | Fact<"page.viewed", Page & { conversation: Id; customer: Id }>
  | Fact<
      "agent.status_changed",
      {
        user: Id;
        displayName: string;
        status: "available" | "busy" | "unavailable" | "offline";
        reason: string | null;
        at: Instant;
      }
    >;

/** What a visitor is told. */
export type VisitorEvent =
  | Fact<"conversation.opened", { conversation: { id: Id; status: ConversationStatus; createdAt: Instant } }>
  | Fact<"conversation.updated", { conversation: Id; status: ConversationStatus }>
  | Fact<"conversation.assigned", { conversation: Id; assignee: { displayName: string } | null }>
  | Fact<"conversation.ended", ConversationEnded>
  | Fact<"message.created", { message: Message }>
  | Fact<"message.read", MessageRead>;

export type LiveEvent = AgentEvent | VisitorEvent;

export interface Refusal {
  status: number;
  code: string;
  title: string;
  detail?: string;
  /** Seconds. */
  retryAfter?: number;
}

export interface HelloFrame {
  op: "hello";
  token?: string;
  client: string;
}

export interface SendFrame {
  op: "send";
  id: string;
  conversation: Id | null;
  newConversation?: string;
  body: string;
  attachments: Id[];
  kind: "message" | "note";
  context?: VisitorContext;
}

export type ClientFrame =
  | HelloFrame
  | SendFrame
  | { op: "subscribe"; id?: string; topic: string; after?: number }
  | { op: "unsubscribe"; id?: string; topic: string }
  | { op: "typing"; id?: string; conversation: Id; on: boolean }
  | { op: "viewing"; id?: string; conversation: Id | null }
  | { op: "read"; id?: string; conversation: Id; message: Id }
  | { op: "end"; id?: string; conversation: Id }
  | { op: "visit"; id?: string; url: string; title: string; at: Instant }
  | {
      op: "presence";
      id?: string;
      status: "available" | "busy" | "unavailable";
      reason?: string | null;
    }
  | { op: "ping"; id?: string };

export interface AckFrame {
  op: "ack";
  id: string;
  message?: Message;
  conversation?: Id;
  position?: number;
}

export interface SignalFrame {
  op: "signal";
  kind: "typing" | "viewing";
  conversation: Id;
  by: { type: "customer" | "user"; id: Id | null; displayName: string };
  on: boolean;
}

export type ServerFrame =
  | { op: "welcome"; session: string; heartbeat: number; position: number }
  | { op: "subscribed"; topic: string; position: number }
  | AckFrame
  | { op: "refused"; id: string | null; topic?: string; error: Refusal }
  | { op: "event"; topic: string; position: number; event: LiveEvent }
  | SignalFrame
  | { op: "pong"; position: number }
  | { op: "resync"; topic: string; position: number }
  | { op: "goodbye"; retryAfterMs: number };
