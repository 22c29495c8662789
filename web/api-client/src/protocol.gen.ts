/**
 * The live protocol's frames and events. Written by `make generate` from the server's own declarations
 * (`kithdesk/live/protocol.py` and `facts.py`); change those, not this file.
 */

/** First frame, within 5 s. The token is never in a URL. Agents' browsers may use the session cookie instead. */
export interface HelloFrame {
  op: "hello";
  id?: string;
  token?: string;
  client?: string;
}

/** Replays the topic's events after `after`, then follows it. Without `after`: from now; 0: from the beginning. Topics: `conversation:ID`, `customer:ID`, `visitor`, `inbox`, `queue:ID`. Subscribing again replaces. */
export interface SubscribeFrame {
  op: "subscribe";
  id?: string;
  topic: string;
  after?: number;
}

export interface UnsubscribeFrame {
  op: "unsubscribe";
  id?: string;
  topic: string;
}

/** Says something. `id` makes a retry harmless: same id, same answer. `conversation` null with `newConversation` (visitors only) opens a conversation with its first message, or adds to the one that this id already opened. */
export interface SendFrame {
  op: "send";
  id: string;
  body?: string;
  conversation?: string | null;
  newConversation?: string;
  attachments?: string[];
  kind?: "message" | "note";
  context?: VisitContext;
}

/** What the page knows of the visit when a conversation is opened. A claim, like everything a page says. */
export interface VisitContext {
  pages?: Page[];
  referrer?: string;
  language?: string;
  languages?: string[];
  timeZone?: string;
  screen?: Screen;
  clientHints?: Record<string, unknown>;
}

/** A page of the shop the visitor looked at. Query and fragment are dropped. */
export interface Page {
  url: string;
  title?: string;
  at?: string;
}

export interface Screen {
  width: number;
  height: number;
}

/** Ephemeral; goes to the other readers of the conversation. */
export interface TypingFrame {
  op: "typing";
  id?: string;
  conversation: string;
  on: boolean;
}

/** Agents: the conversation I look at now, or null for none. Ephemeral; told to agents only. */
export interface ViewingFrame {
  op: "viewing";
  id?: string;
  conversation?: string | null;
}

/** Everything up to `message` has been seen by this side. */
export interface ReadFrame {
  op: "read";
  id?: string;
  conversation: string;
  message: string;
}

/** Ends the conversation; a later `send` to it is refused with `conversation_ended`. */
export interface EndFrame {
  op: "end";
  id?: string;
  conversation: string;
}

/** Visitors: a page was opened. Only once a conversation exists. */
export interface VisitFrame {
  op: "visit";
  id?: string;
  url: string;
  title?: string;
  at?: string;
}

/** Agents: my status. `reason` goes with `unavailable`. */
export interface PresenceFrame {
  op: "presence";
  id?: string;
  status: "available" | "busy" | "unavailable";
  reason?: string;
}

/** A sign of life; answered by `pong`. */
export interface PingFrame {
  op: "ping";
  id?: string;
}

/** The hello was good. */
export interface WelcomeFrame {
  op: "welcome";
  session: string;
  heartbeat: number;
  position: number;
}

/** After the last replayed event: the topic is complete up to `position`. */
export interface SubscribedFrame {
  op: "subscribed";
  topic: string;
  position: number;
  id?: string;
}

/** It is committed. `message` comes with the ack of a `send` only; a repeated id gets the same answer. */
export interface AckFrame {
  op: "ack";
  id: string;
  message?: Message;
  conversation?: string;
  position?: number;
}

/** A message or note. Times are ISO 8601 with milliseconds and Z. */
export interface Message {
  id: string;
  conversation: string;
  customer: string;
  direction: "in" | "out";
  kind: "message" | "note";
  channel: string;
  body: string;
  clientId: string | null;
  sentAt: string;
  sentBy: SentBy;
  attachments: Attachment[];
}

/** Who said or did something. */
export interface SentBy {
  type: "customer" | "user" | "machine" | "system";
  id: string | null;
  displayName: string;
}

/** A file of a message. Ask the attachment's resource for a signed link to its content. */
export interface Attachment {
  id: string;
  name: string;
  contentType: string;
  contentLength: number;
  width: number | null;
  height: number | null;
  hasThumbnail: boolean;
}

/** It changed nothing. The client keeps the text and offers to try again. `of` is the op that was refused. With `topic`: the subscription was refused, or access to it has ended. */
export interface RefusedFrame {
  op: "refused";
  id: string | null;
  error: Refusal;
  of?: string;
  topic?: string;
}

/** Why not. `code` is from the closed list in `docs/errors.md`; `retryAfter` is in seconds. */
export interface Refusal {
  status: number;
  code: string;
  title: string;
  detail?: string;
  source?: Record<string, string>;
  retryAfter?: number;
}

/** A fact on one of your topics, complete: no second request is needed to show it. */
export interface EventFrame {
  op: "event";
  topic: string;
  position: number;
  event: LiveEvent;
}

/** Somebody types or looks. Never stored. */
export interface SignalFrame {
  op: "signal";
  kind: "typing" | "viewing";
  conversation: string;
  by: SentBy;
  on: boolean;
}

/** All your topics are complete up to `position`. Also unasked, every 25 s. */
export interface PongFrame {
  op: "pong";
  position: number;
  id?: string;
}

/** Too far behind: the topic is unsubscribed. Fetch over HTTP, then subscribe after that answer's position. */
export interface ResyncFrame {
  op: "resync";
  topic: string;
  position: number;
}

/** A planned restart. Come back after this many milliseconds; each client gets another number. */
export interface GoodbyeFrame {
  op: "goodbye";
  retryAfterMs: number;
}

/** A customer's first message, or an agent, opened a conversation. */
export interface ConversationOpened {
  conversation: LiveConversation;
  customer: LiveCustomer;
}

/** A conversation as lists and panes show it. */
export interface LiveConversation {
  id: string;
  customer: string;
  customerName: string;
  name: string | null;
  status: "open" | "snoozed" | "done";
  snooze: Snooze | null;
  channel: string;
  queue: string | null;
  assignedUsers: string[];
  assignedTeams: string[];
  tags: string[];
  priority: number;
  preview: string | null;
  lastMessageAt: string | null;
  lastMessageDirection: "in" | "out" | null;
  lastMessageUnrespondedTo: string | null;
  createdAt: string;
  ended: boolean;
  messageCount: number;
  noteCount: number;
  context: ConversationContext;
}

export interface Snooze {
  time: string;
  status?: string;
}

/** Where and on what the visitor is. Device, browser and system are read from the request; the rest is claimed. */
export interface ConversationContext {
  device: string | null;
  browser: string | null;
  os: string | null;
  language: string | null;
  languages: string[];
  referrer: string | null;
  timeZone: string | null;
  screen: Screen | null;
  pages: VisitedPage[];
  currentPage: VisitedPage | null;
}

/** A page of the shop. */
export interface VisitedPage {
  url: string;
  title: string;
  at: string;
}

/** A customer. `claims` is what pages and visitors said of them without proof. */
export interface LiveCustomer {
  id: string;
  displayName: string;
  name: string | null;
  emails: Email[];
  phones: Phone[];
  externalId: string | null;
  identified: boolean;
  avatarUrl: string | null;
  createdAt: string;
  lastSeenAt: string | null;
  claims: Record<string, unknown>;
}

export interface Email {
  email: string;
  verified: boolean;
}

export interface Phone {
  phone: string;
  verified: boolean;
}

/** Fields that changed, each with before and after. */
export interface ConversationUpdated {
  conversation: string;
  customer: string;
  changes: ConversationChanges;
  cause: string | null;
}

/** The fields that changed, and no others. */
export interface ConversationChanges {
  status?: Change<"open" | "snoozed" | "done">;
  snooze?: Change<Snooze | null>;
  tags?: Change<string[]>;
  name?: Change<string | null>;
  priority?: Change<number>;
  custom?: Change<Record<string, unknown>>;
  claims?: Change<Record<string, unknown>>;
}

/** One field, before and after. */
export interface Change<Value> {
  before: Value;
  after: Value;
}

/** Who serves it now, and why. Nobody: it waits in the queue. */
export interface ConversationAssigned {
  conversation: string;
  queue: string | null;
  assignedUsers: Named[];
  assignedTeams: NamedTeam[];
  reason: Reason;
}

export interface Named {
  id: string;
  displayName: string;
}

export interface NamedTeam {
  id: string;
  name: string;
}

/** Why, as a stable code and in words. */
export interface Reason {
  code: string;
  text: string;
}

/** Its visitor signed in: it is `customer`'s now, and was the anonymous record's that was `from`. */
export interface ConversationIdentified {
  conversation: string;
  customer: string;
  from: string;
}

/** Nothing more can be said in it; a new conversation can be opened. */
export interface ConversationEnded {
  conversation: string;
  endedBy: EndedBy;
  endedAt: string;
  reason: string;
}

export interface EndedBy {
  type: "customer" | "user" | "machine" | "system";
  displayName: string;
  id?: string | null;
}

/** A message or a note, whole. */
export interface MessageSaid {
  message: Message;
}

/** Everything up to this message has been seen by that side. */
export interface MessageRead {
  conversation: string;
  message: string;
  by: SentBy;
  at: string;
}

export interface CustomerCreated {
  customer: LiveCustomer;
}

export interface CustomerUpdated {
  customer: string;
  displayName: string;
  changes: CustomerChanges;
}

/** The fields that changed, and no others. Null: the record has none. */
export interface CustomerChanges {
  name?: Change<string | null>;
  username?: Change<string | null>;
  emails?: Change<ProfileEmail[] | null>;
  phones?: Change<ProfilePhone[] | null>;
  externalIds?: Change<ProfileExternalId[] | null>;
  avatarUrl?: Change<string | null>;
  gender?: Change<string | null>;
  birthdayAt?: Change<number | null>;
  signedUpAt?: Change<number | null>;
  locale?: Change<string | null>;
  timeZone?: Change<string | null>;
  tags?: Change<string[] | null>;
  contacts?: Change<Record<string, unknown> | null>;
  custom?: Change<Record<string, unknown> | null>;
  identified?: Change<boolean>;
  claims?: Change<Record<string, unknown>>;
}

/** Not proven where `verified` is left out. */
export interface ProfileEmail {
  email: string;
  type?: string;
  verified?: boolean;
}

/** Not proven where `verified` is left out. */
export interface ProfilePhone {
  phone: string;
  type?: string;
  verified?: boolean;
}

/** Not proven where `verified` is left out. */
export interface ProfileExternalId {
  externalId: string;
  verified?: boolean;
}

/** `from` has become part of `customer`, with these conversations. */
export interface CustomerMerged {
  customer: string;
  from: string;
  conversations: string[];
}

export interface PageViewed {
  conversation: string;
  customer: string;
  url: string;
  title: string;
  at: string;
}

/** An agent's status. `offline`: no socket for thirty seconds. */
export interface AgentStatusChanged {
  user: string;
  displayName: string;
  status: "available" | "busy" | "unavailable" | "offline";
  reason: string | null;
  at: string;
}

export interface ConversationOpenedForVisitor {
  conversation: OpenedForVisitor;
}

export interface OpenedForVisitor {
  id: string;
  status: "open" | "snoozed" | "done";
  createdAt: string;
}

export interface ConversationUpdatedForVisitor {
  conversation: string;
  status: "open" | "snoozed" | "done";
}

export interface ConversationAssignedForVisitor {
  conversation: string;
  assignee: Assignee | null;
}

export interface Assignee {
  displayName: string;
}

export interface Fact<Kind extends string, Data> {
  kind: Kind;
  at: string;
  data: Data;
  /** Who did it; for agents only. */
  actor?: SentBy;
}

/** What agents are told. */
export type AgentEvent =
  | Fact<"conversation.opened", ConversationOpened>
  | Fact<"conversation.updated", ConversationUpdated>
  | Fact<"conversation.assigned", ConversationAssigned>
  | Fact<"conversation.identified", ConversationIdentified>
  | Fact<"conversation.ended", ConversationEnded>
  | Fact<"message.created", MessageSaid>
  | Fact<"note.created", MessageSaid>
  | Fact<"message.read", MessageRead>
  | Fact<"customer.created", CustomerCreated>
  | Fact<"customer.updated", CustomerUpdated>
  | Fact<"customer.merged", CustomerMerged>
  | Fact<"page.viewed", PageViewed>
  | Fact<"agent.status_changed", AgentStatusChanged>;

/** What the visitor concerned is told. */
export type VisitorEvent =
  | Fact<"conversation.opened", ConversationOpenedForVisitor>
  | Fact<"conversation.updated", ConversationUpdatedForVisitor>
  | Fact<"conversation.assigned", ConversationAssignedForVisitor>
  | Fact<"conversation.ended", ConversationEnded>
  | Fact<"message.created", MessageSaid>
  | Fact<"message.read", MessageRead>;

export type LiveEvent = AgentEvent | VisitorEvent;

export type ClientFrame =
  | HelloFrame
  | SubscribeFrame
  | UnsubscribeFrame
  | SendFrame
  | TypingFrame
  | ViewingFrame
  | ReadFrame
  | EndFrame
  | VisitFrame
  | PresenceFrame
  | PingFrame;

export type ServerFrame =
  | WelcomeFrame
  | SubscribedFrame
  | AckFrame
  | RefusedFrame
  | EventFrame
  | SignalFrame
  | PongFrame
  | ResyncFrame
  | GoodbyeFrame;
