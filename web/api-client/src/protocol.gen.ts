/**
 * The live protocol's frames and events. Written by `make generate` from the server's own declarations
 * (`kithdesk/live/protocol.py` and `facts/`); change those, not this file.
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

/** Ends the conversation; a later `send` to it is refused with `conversation_ended`. What is open and answered is done with that. */
export interface EndFrame {
  op: "end";
  id?: string;
  conversation: string;
}

/** Visitors: a page was opened. Only once a conversation exists. `referrer`: where a link led to it from outside. */
export interface VisitFrame {
  op: "visit";
  id?: string;
  url: string;
  title?: string;
  at?: string;
  referrer?: string;
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

/** A message or note. Times are ISO 8601 with milliseconds and Z. `email` is there for what came or went by e-mail, of which visitors hear nothing. */
export interface Message {
  id: string;
  conversation: string;
  customer: string;
  direction: "in" | "out";
  kind: "message" | "note";
  channel: "chat" | "email";
  body: string;
  clientId: string | null;
  sentAt: string;
  sentBy: SentBy;
  attachments: Attachment[];
  email?: Mail;
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

/** What an e-mail has beside its text. */
export interface Mail {
  subject: string | null;
  from: Mailbox | null;
  to: Mailbox[];
  cc: Mailbox[];
  bcc: Mailbox[];
}

/** An address in an e-mail, and whose it is called. */
export interface Mailbox {
  email: string;
  name: string | null;
}

/** It changed nothing. The client keeps the text and offers to try again. `of` is the op that was refused. With `topic`: the subscription was refused, or access to it has ended. */
export interface RefusedFrame {
  op: "refused";
  id: string | null;
  error: Refusal;
  of?: string;
  topic?: string;
}

/** Why not. `code` is from the closed list in `docs/errors.md`; `retryAfter` is in seconds; `meta` is what a client can go on with, by code. */
export interface Refusal {
  status: number;
  code: string;
  title: string;
  detail?: string;
  source?: Record<string, string>;
  retryAfter?: number;
  meta?: Record<string, unknown>;
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

/** A customer's first message, or an agent, opened a conversation. `session`: the visit on which they wrote. */
export interface ConversationOpened {
  conversation: LiveConversation;
  customer: LiveCustomer;
  session: string | null;
}

/** A conversation as lists and panes show it. */
export interface LiveConversation {
  id: string;
  customer: string;
  customerName: string;
  name: string | null;
  status: "open" | "snoozed" | "done";
  snooze: Snooze | null;
  channel: "chat" | "email";
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
  signedIn: boolean | null;
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
  landing: string | null;
  utm: Record<string, string>;
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

/** A customer. `company` is its id; `claims` is what pages and visitors said of them without proof. */
export interface LiveCustomer {
  id: string;
  displayName: string;
  name: string | null;
  emails: Email[];
  phones: Phone[];
  externalId: string | null;
  identified: boolean;
  avatarUrl: string | null;
  company: string | null;
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
  skills?: Change<string[]>;
  preferredUser?: Change<string | null>;
  custom?: Change<Record<string, unknown>>;
  claims?: Change<Record<string, unknown>>;
  signedIn?: Change<boolean | null>;
  lastMessageUnrespondedTo?: Change<string | null>;
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

/** It is `customer`'s now and was `from`'s: an agent merged the two, or undid that, or its visitor logged in and left behind what may be another's. */
export interface ConversationMoved {
  conversation: string;
  customer: string;
  customerName: string;
  from: string;
  cause: "merge" | "undo" | "login";
}

/** Somebody who has proved to be the customer writes in it: `visitors`, browsers that never did, are out of it. */
export interface ConversationTakenUp {
  conversation: string;
  customer: string;
  visitors: string[];
}

/** Nothing more can be said in it; a new conversation can be opened. `reason` is for agents. */
export interface ConversationEnded {
  conversation: string;
  endedBy: EndedBy;
  endedAt: string;
  reason?: string;
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

/** Told as an undo where an import was taken back. */
export interface CustomerUpdated {
  customer: string;
  displayName: string;
  changes: CustomerChanges;
  isUndo?: boolean;
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
  defaultLang?: Change<string | null>;
  company?: Change<string | null>;
  companyName?: Change<string | null>;
  watchers?: Change<string[] | null>;
  whatsapps?: Change<ProfilePhone[] | null>;
  socials?: Change<Record<string, unknown>[] | null>;
  facebookIds?: Change<Record<string, unknown>[] | null>;
  instagramIds?: Change<Record<string, unknown>[] | null>;
  urls?: Change<Record<string, unknown>[] | null>;
  locations?: Change<Record<string, unknown>[] | null>;
  sharedEmails?: Change<ProfileEmail[] | null>;
  sharedPhones?: Change<ProfilePhone[] | null>;
  sharedExternalIds?: Change<ProfileExternalId[] | null>;
  sharedSocials?: Change<Record<string, unknown>[] | null>;
  sharedWhatsapps?: Change<ProfilePhone[] | null>;
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

/** There is no such customer any more, nor ever was: the topic ends with it. */
export interface CustomerRemoved {
  customer: string;
}

/** `from` has become part of `customer`, with these conversations, custom objects and browsers; `merge` is its id. `by` an agent, who can undo it for thirty days, or a login. */
export interface CustomerMerged {
  customer: string;
  from: string;
  conversations: string[];
  kobjects: string[];
  visitors: string[];
  merge: string | null;
  by: "login" | "agent";
  fromName: string | null;
}

/** A merge was undone: `customer` is no longer part of `of`, and these went back with it. */
export interface CustomerUnmerged {
  customer: string;
  displayName: string;
  of: string;
  ofName: string | null;
  merge: string;
  conversations: string[];
  kobjects: string[];
  visitors: string[];
}

/** The same for readers of the other record: `from` is no longer part of `customer`, which changed by that. */
export interface CustomerParted {
  customer: string;
  displayName: string;
  from: string;
  fromName: string | null;
  merge: string;
  conversations: string[];
  kobjects: string[];
  visitors: string[];
  changes: CustomerChanges;
}

/** The company's systems, or a page if the actor is the customer, tell that something happened. */
export interface CustomerTracked {
  customer: string;
  name: string;
  at: string;
  meta: Record<string, unknown>;
}

/** The record of a company is new; `/v1/companies` has the rest of it. */
export interface CompanyCreated {
  company: string;
  name: string;
}

/** A company changed. `changes` names fields of the API. */
export interface CompanyUpdated {
  company: string;
  name: string;
  changes: Record<string, Change<unknown>>;
}

/** A company is gone. Its customers have none now. */
export interface CompanyDeleted {
  company: string;
}

/** A kind of record is new or has changed; all of it but its attributes. */
export interface KlassDeclared {
  klass: LiveKlass;
}

/** A kind of the company's own records. */
export interface LiveKlass {
  id: string;
  name: string;
  displayName: string;
  pluralName: string;
  icon: string;
  color: string;
  status: "enabled" | "existing_only" | "disabled";
  card: KlassCard;
}

/** Which attributes a card shows; none: the first few that have a value. `title` names the record. */
export interface KlassCard {
  fields: string[];
  title: string | null;
}

/** A kind of record is gone. */
export interface KlassRemoved {
  klass: string;
  name: string;
}

/** A record is new. Without a customer it stands on no timeline. */
export interface ObjectCreated {
  kobject: LiveObject;
  customer: string | null;
}

/** A record of the company's own, as a card. */
export interface LiveObject {
  id: string;
  klass: string;
  klassDisplayName: string;
  icon: string;
  color: string;
  externalId: string | null;
  title: string;
  fields: ObjectField[];
  createdAt: string;
  updatedAt: string;
}

/** One line of a card; `value` is of the attribute's type. `display`: of a number that is written as 1234. */
export interface ObjectField {
  name: string;
  displayName: string;
  type: string;
  value: unknown;
  display?: "plain";
}

/** A record changed. `changes` names fields of the API, and attributes as `custom.<name>`. */
export interface ObjectUpdated {
  kobject: LiveObject;
  customer: string | null;
  changes: Record<string, Change<unknown>>;
}

/** A record was `from`'s and is `customer`'s now, or nobody's. */
export interface ObjectMoved {
  kobject: NamedObject;
  customer: string | null;
  conversation: string | null;
  from: string;
}

export interface NamedObject {
  id: string;
  klass: string;
  klassDisplayName: string;
  icon: string;
  color: string;
  title: string;
}

/** A record was deleted, or put to a conversation or taken from it. */
export interface ObjectNamed {
  kobject: NamedObject;
  customer: string | null;
  conversation: string | null;
}

/** The visitor is on a page. `session`: on which visit; `referrer` and `utm`, how they came, at its first page. `device`, `browser` and `os`: what they look from, where that is another than until now; else all three are null. */
export interface PageViewed {
  conversation: string;
  customer: string;
  url: string;
  title: string;
  at: string;
  session: string | null;
  referrer: string | null;
  utm: Record<string, string>;
  device: string | null;
  browser: string | null;
  os: string | null;
}

/** An agent's status. `offline`: no socket for thirty seconds. */
export interface AgentStatusChanged {
  user: string;
  displayName: string;
  status: "available" | "busy" | "unavailable" | "offline";
  reason: string | null;
  at: string;
}

/** The team is called so from now on. */
export interface TeamNamed {
  team: string;
  name: string;
}

/** The team is there no longer. */
export interface TeamDeleted {
  team: string;
}

/** These came into the team, and those left it. */
export interface TeamMembersChanged {
  team: string;
  added: string[];
  removed: string[];
}

/** The queue is called so, and may be otherwise than before. */
export interface QueueNamed {
  queue: string;
  name: string;
}

/** What waited in it waits in the default queue. */
export interface QueueDeleted {
  queue: string;
}

/** How a team is given work; `team` null: how everybody is. */
export interface RoutingSettingsChanged {
  team: string | null;
}

/** Attributes of a kind of record (`customer`, `kobject.order`) are new, changed or gone: see `/v1/metadata`. */
export interface AttributesDeclared {
  owner: string;
  declared: string[];
  removed: string[];
}

/** A view is new or changed: see `/v1/views`. One that is shared no longer is there for its owner alone. Of a view that is not shared only its owner is told. */
export interface ViewSaved {
  view: string;
  context: "conversation" | "customer";
  isShared: boolean;
}

/** A view is gone. What it found stays. */
export interface ViewRemoved {
  view: string;
}

/** Another service level holds from now on, or none. `cause`: what happened; null of what was told before there was such a field. */
export interface SlaMatched {
  conversation: string;
  customer: string;
  sla: LiveSla | null;
  cause: "opened" | "written" | "changed" | "handed_on" | "overflowed" | "customer" | null;
  left: LiveLeft | null;
}

/** `dueAt`: when the next clock that runs is due, or was. `metrics` by name. */
export interface LiveSla {
  id: string;
  versionId: string;
  name: string;
  version: number;
  matchedAt: string;
  status: "pending" | "paused" | "done";
  breached: boolean;
  breach: SlaBreach | null;
  dueAt: string | null;
  metrics: Record<string, LiveMetric>;
  summary: SlaSummary;
}

/** The first that was broken. */
export interface SlaBreach {
  metric: string;
  at: string;
}

/** One clock. `breachAt`: when it is due, was, or would have been; null while it is paused. */
export interface LiveMetric {
  status: "pending" | "paused" | "done";
  startedAt: string;
  breachAt: string | null;
  breached: boolean;
  warned: boolean;
  satisfiedAt: string | null;
}

export interface SlaSummary {
  satisfiedAt: string | null;
  firstBreachAt: string | null;
}

/** The service level there was. `dueAt` by name of what it promised and is now promised later, or not at all. */
export interface LiveLeft {
  name: string;
  dueAt: Record<string, string | null>;
}

/** How the conversation stands from now on; null when nothing is promised any more. */
export interface SlaChanged {
  conversation: string;
  customer: string;
  sla: LiveSla | null;
}

/** `metrics` were kept. */
export interface SlaSatisfied {
  conversation: string;
  customer: string;
  sla: LiveSla | null;
  metrics: string[];
}

/** `metric` of `policy` is, or was, due then. */
export interface SlaTold {
  conversation: string;
  customer: string;
  sla: LiveSla | null;
  metric: string;
  due: string;
  policy: string;
}

/** `user` is asked to take the item, `until` when. */
export interface WorkOffered {
  item: string;
  conversation: string;
  queue: string | null;
  user: string;
  until: string;
}

/** `user` did not take it, and is not asked any more. */
export interface WorkOfferEnded {
  item: string;
  conversation: string;
  queue: string | null;
  user: string;
  how: "declined" | "timed_out" | "withdrawn";
}

/** Everybody who could take it has declined: `users`. They are asked again, `askedAgainAt` when. */
export interface WorkDeclined {
  item: string;
  conversation: string;
  queue: string | null;
  users: string[];
  at: string;
  askedAgainAt: string;
}

/** It is for those who declined it or gave it away too once more. */
export interface WorkAskedAgain {
  item: string;
  conversation: string;
  queue: string | null;
}

/** `users` are done with it. */
export interface WorkWrappedUp {
  item: string;
  conversation: string;
  queue: string | null;
  users: string[];
  at: string;
}

/** An agent gave it on by hand; `reason` in their words. */
export interface WorkTransferred {
  item: string;
  conversation: string;
  queue: string | null;
  reason: string;
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

/** This browser has no part in it any more: it goes on with somebody who has proved who they are. */
export interface ConversationTakenUpForVisitor {
  conversation: string;
  at: string;
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
  | Fact<"conversation.moved", ConversationMoved>
  | Fact<"conversation.taken_up", ConversationTakenUp>
  | Fact<"conversation.ended", ConversationEnded>
  | Fact<"message.created", MessageSaid>
  | Fact<"note.created", MessageSaid>
  | Fact<"message.read", MessageRead>
  | Fact<"customer.created", CustomerCreated>
  | Fact<"customer.updated", CustomerUpdated>
  | Fact<"customer.removed", CustomerRemoved>
  | Fact<"customer.merged", CustomerMerged>
  | Fact<"customer.unmerged", CustomerUnmerged>
  | Fact<"customer.parted", CustomerParted>
  | Fact<"customer.tracked", CustomerTracked>
  | Fact<"company.created", CompanyCreated>
  | Fact<"company.updated", CompanyUpdated>
  | Fact<"company.deleted", CompanyDeleted>
  | Fact<"klass.declared", KlassDeclared>
  | Fact<"klass.removed", KlassRemoved>
  | Fact<"kobject.created", ObjectCreated>
  | Fact<"kobject.updated", ObjectUpdated>
  | Fact<"kobject.moved", ObjectMoved>
  | Fact<"kobject.removed", ObjectNamed>
  | Fact<"kobject.linked", ObjectNamed>
  | Fact<"kobject.unlinked", ObjectNamed>
  | Fact<"page.viewed", PageViewed>
  | Fact<"agent.status_changed", AgentStatusChanged>
  | Fact<"team.created", TeamNamed>
  | Fact<"team.renamed", TeamNamed>
  | Fact<"team.deleted", TeamDeleted>
  | Fact<"team.members_changed", TeamMembersChanged>
  | Fact<"queue.created", QueueNamed>
  | Fact<"queue.changed", QueueNamed>
  | Fact<"queue.deleted", QueueDeleted>
  | Fact<"routing.settings_changed", RoutingSettingsChanged>
  | Fact<"attributes.declared", AttributesDeclared>
  | Fact<"view.saved", ViewSaved>
  | Fact<"view.removed", ViewRemoved>
  | Fact<"sla.matched", SlaMatched>
  | Fact<"sla.unmatched", SlaMatched>
  | Fact<"sla.clocked", SlaChanged>
  | Fact<"sla.satisfied", SlaSatisfied>
  | Fact<"sla.warned", SlaTold>
  | Fact<"sla.breached", SlaTold>
  | Fact<"work.offered", WorkOffered>
  | Fact<"work.offer_ended", WorkOfferEnded>
  | Fact<"work.declined", WorkDeclined>
  | Fact<"work.asked_again", WorkAskedAgain>
  | Fact<"work.wrapped_up", WorkWrappedUp>
  | Fact<"work.transferred", WorkTransferred>;

/** What the visitor concerned is told. */
export type VisitorEvent =
  | Fact<"conversation.opened", ConversationOpenedForVisitor>
  | Fact<"conversation.updated", ConversationUpdatedForVisitor>
  | Fact<"conversation.assigned", ConversationAssignedForVisitor>
  | Fact<"conversation.taken_up", ConversationTakenUpForVisitor>
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
