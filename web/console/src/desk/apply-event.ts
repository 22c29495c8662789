import { confirm, confirmByEvent, type Desk, PAGES_KEPT } from "./desk.ts";
import {
  isJson,
  readConversation,
  readCustomer,
  readMessage,
  readPage,
  readPresence,
  readSnooze,
  text,
  textOrNull,
  texts,
} from "./reading.ts";
import type { Conversation, Message, VisitContext } from "./types.ts";

export interface LiveEvent {
  readonly kind: string;
  readonly at: string;
  readonly data: unknown;
}

type Json = Readonly<Record<string, unknown>>;
type Apply = (desk: Desk, data: Json, event: LiveEvent, position: number) => void;

/** The closed table of what moves the desk. Kinds it does not know change nothing, as the protocol asks. */
const HANDLERS: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ["conversation.opened", opened],
  [
    "conversation.updated",
    (desk, data, _event, position) => change(desk, text(data.conversation), position, updated(data)),
  ],
  [
    "conversation.assigned",
    (desk, data, _event, position) => change(desk, text(data.conversation), position, assigned(data)),
  ],
  [
    "conversation.ended",
    (desk, data, _event, position) =>
      change(desk, text(data.conversation), position, () => ({ ended: true })),
  ],
  ["message.created", messageCreated],
  ["message.read", messageRead],
  ["customer.created", (desk, data) => customerCreated(desk, data)],
  ["customer.updated", customerUpdated],
  ["customer.merged", customerMerged],
  ["page.viewed", pageViewed],
  ["agent.status_changed", agentStatusChanged],
]);

/** Move lists, counts and records by one event of the inbox. No event needs a second request, except for what was never loaded. */
export function applyEvent(desk: Desk, event: LiveEvent, position: number): void {
  if (!isJson(event.data)) return;
  HANDLERS.get(event.kind)?.(desk, event.data, event, position);
  desk.version += 1;
}

function opened(desk: Desk, data: Json, _event: LiveEvent, position: number): void {
  if (isJson(data.customer)) customerCreated(desk, data);
  if (!isJson(data.conversation)) return;
  const conversation = readConversation(data.conversation, position);
  if (!desk.confirmed.has(conversation.id)) confirmByEvent(desk, null, conversation);
  // An answer brought it first. It is counted as it is now, or asked for.
  else if (position > desk.countsPosition) desk.countsAreStale = true;
}

type Changes = (conversation: Conversation) => Partial<Conversation>;

function change(desk: Desk, id: string, position: number, changes: Changes): void {
  const known = desk.confirmed.get(id);
  if (known === undefined) {
    if (id !== "") desk.missing.set(id, position);
    if (position > desk.countsPosition) desk.countsAreStale = true;
    return;
  }
  if (known.position >= position) {
    // The record came by HTTP and has this already; the counts may not.
    if (position > desk.countsPosition && movesLists(known, changes)) desk.countsAreStale = true;
    return;
  }
  confirmByEvent(desk, known, { ...known, ...changes(known), position });
}

function movesLists(conversation: Conversation, changes: Changes): boolean {
  const fields = changes(conversation);
  return "status" in fields || "assignedUsers" in fields;
}

function updated(data: Json): Changes {
  return () => {
    const fields: { -readonly [Field in keyof Conversation]?: Conversation[Field] } = {};
    if (!isJson(data.changes)) return fields;
    const after = (field: string): { value: unknown } | null => {
      const entry =
        isJson(data.changes) && Object.hasOwn(data.changes, field) ? data.changes[field] : undefined;
      return isJson(entry) ? { value: entry.after } : null;
    };
    const status = after("status")?.value;
    if (status === "open" || status === "snoozed" || status === "done") fields.status = status;
    const snooze = after("snooze");
    if (snooze !== null) fields.snoozedUntil = readSnooze(snooze.value);
    const tags = after("tags");
    if (tags !== null) fields.tags = texts(tags.value);
    const name = after("name");
    if (name !== null) fields.name = textOrNull(name.value);
    const queue = after("queue");
    if (queue !== null) fields.queue = textOrNull(queue.value);
    const ended = after("ended");
    if (ended !== null) fields.ended = ended.value === true;
    return fields;
  };
}

function assigned(data: Json): Changes {
  return () => ({
    assignedUsers: texts(data.assignedUsers),
    assignedTeams: texts(data.assignedTeams),
    queue: textOrNull(data.queue),
  });
}

function messageCreated(desk: Desk, data: Json, _event: LiveEvent, position: number): void {
  if (!isJson(data.message)) return;
  const message = readMessage(data.message);
  if (message.direction === "in") customerSeen(desk, message.customer, message.sentAt);
  change(desk, message.conversation, position, (conversation) => withMessage(conversation, message));
}

function withMessage(conversation: Conversation, message: Message): Partial<Conversation> {
  const isFromCustomer = message.direction === "in";
  return {
    preview: message.body === "" ? (message.attachments[0]?.name ?? "") : message.body,
    lastMessageAt: message.sentAt,
    lastMessageDirection: message.direction,
    waitingSince: isFromCustomer ? (conversation.waitingSince ?? message.sentAt) : null,
    isUnread: isFromCustomer,
  };
}

function messageRead(desk: Desk, data: Json, event: LiveEvent, position: number): void {
  if (!isJson(data.by)) return;
  const known = desk.confirmed.get(text(data.conversation));
  if (data.by.type === "customer") customerSeen(desk, known?.customer ?? "", event.at);
  if (data.by.type !== "user") return;
  if (known !== undefined) change(desk, known.id, position, () => ({ isUnread: false }));
}

function customerCreated(desk: Desk, data: Json): void {
  if (!isJson(data.customer)) return;
  const customer = readCustomer(data.customer);
  desk.customers.set(customer.id, customer);
}

function customerSeen(desk: Desk, id: string, at: string): void {
  const known = desk.customers.get(id);
  if (known !== undefined && (known.lastSeenAt ?? "") < at)
    desk.customers.set(id, { ...known, lastSeenAt: at });
}

function customerUpdated(desk: Desk, data: Json): void {
  const id = text(data.customer);
  const { changes } = data;
  if (!isJson(changes)) return;
  const after = Object.fromEntries(
    Object.entries(changes).flatMap(([field, entry]) =>
      isJson(entry) ? [[field, entry.after] as const] : [],
    ),
  );
  const known = desk.customers.get(id);
  if (known !== undefined)
    desk.customers.set(id, { ...known, ...only(readCustomer(after), Object.keys(after)) });
  const name = textOrNull(data.displayName) ?? textOrNull(after.displayName);
  if (name !== null) renameCustomer(desk, id, name);
}

/** The fields of `record` that `names` mentions: those that a change did not name stay as they were. */
function only<T extends object>(record: T, names: readonly string[]): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name))) as Partial<T>;
}

function renameCustomer(desk: Desk, customer: string, customerName: string): void {
  for (const conversation of desk.confirmed.values()) {
    if (conversation.customer === customer) confirm(desk, { ...conversation, customerName });
  }
}

/** A visitor logged in: what they wrote before now belongs to the customer they turned out to be. */
function customerMerged(desk: Desk, data: Json, _event: LiveEvent, position: number): void {
  const into = isJson(data.customer) ? readCustomer(data.customer) : null;
  if (into !== null) desk.customers.set(into.id, into);
  const customer = into?.id ?? text(data.customer);
  for (const id of texts(data.conversations)) {
    const conversation = desk.confirmed.get(id);
    if (conversation === undefined) continue;
    const name = desk.customers.get(customer)?.displayName;
    confirm(desk, { ...conversation, customer, customerName: name ?? conversation.customerName });
    if (name === undefined) desk.missing.set(id, position);
  }
  desk.customers.delete(text(data.from));
}

function pageViewed(desk: Desk, data: Json, event: LiveEvent, position: number): void {
  const id = text(data.conversation);
  const page = readPage({ at: event.at, ...data });
  customerSeen(desk, text(data.customer), event.at);
  // Nobody looks at the pages of a conversation that is not loaded: it brings them along when it is.
  if (page === null || !desk.confirmed.has(id)) return;
  change(desk, id, position, ({ context }) => ({ context: withPage(context, page) }));
}

function withPage(context: VisitContext, page: VisitContext["pages"][number]): VisitContext {
  return { ...context, currentPage: page, pages: [...context.pages, page].slice(-PAGES_KEPT) };
}

function agentStatusChanged(desk: Desk, data: Json, event: LiveEvent): void {
  const id = text(data.user);
  const known = desk.agents.get(id);
  desk.agents.set(id, {
    id,
    displayName: textOrNull(data.displayName) ?? known?.displayName ?? "",
    status: readPresence(data.status),
    reason: textOrNull(data.reason),
    changedAt: textOrNull(data.at) ?? event.at,
    load: known?.load ?? null,
    capacity: known?.capacity ?? null,
  });
}
