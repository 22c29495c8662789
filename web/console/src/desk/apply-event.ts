import type {
  AgentEvent,
  AgentStatusChanged,
  ConversationAssigned,
  ConversationMoved,
  ConversationOpened,
  CustomerMerged,
  CustomerUnmerged,
  CustomerUpdated,
  LiveCustomer,
  Message,
  MessageRead,
  PageViewed,
  SlaChanged,
} from "@kithdesk/api-client";

import { confirm, confirmByEvent, type Desk, PAGES_KEPT, takeStranger } from "./desk.ts";
import {
  changedCustomer,
  changedFields,
  conversationFromEvent,
  customerFromEvent,
  withMessage,
} from "./from-events.ts";
import type { Conversation, VisitContext } from "./types.ts";

/**
 * Move lists, counts and records by one event of the inbox. No event needs a second request, except for what was never
 * loaded. Kinds that are not here change nothing, as the protocol asks.
 */
export function applyEvent(desk: Desk, event: AgentEvent, position: number): void {
  switch (event.kind) {
    case "conversation.opened":
      opened(desk, event.data, position);
      break;
    case "conversation.updated": {
      const { conversation, changes } = event.data;
      change(desk, conversation, position, () => changedFields(changes));
      break;
    }
    case "conversation.assigned":
      assigned(desk, event.data, event.actor?.id ?? null, position);
      break;
    case "conversation.ended":
      change(desk, event.data.conversation, position, () => ({ ended: true }));
      break;
    case "message.created":
      messageCreated(desk, event.data.message, position);
      break;
    case "message.read":
      messageRead(desk, event.data, position);
      break;
    case "customer.created":
      if (desk.customers.has(event.data.customer.id)) customerCreated(desk, event.data.customer);
      else takeStranger(desk, customerFromEvent(event.data.customer));
      break;
    case "customer.updated":
      customerUpdated(desk, event.data);
      break;
    case "customer.removed":
      desk.customers.delete(event.data.customer);
      desk.strangers.delete(event.data.customer);
      break;
    case "customer.merged":
      customerMerged(desk, event.data, position);
      break;
    case "customer.unmerged":
      customerUnmerged(desk, event.data);
      break;
    case "conversation.moved":
      conversationMoved(desk, event.data);
      break;
    case "sla.matched":
    case "sla.unmatched":
    case "sla.clocked":
    case "sla.satisfied":
    case "sla.warned":
    case "sla.breached":
      slaChanged(desk, event.data, position);
      break;
    case "page.viewed":
      pageViewed(desk, event.data, position);
      break;
    case "agent.status_changed":
      agentStatusChanged(desk, event.data);
      break;
  }
  desk.version += 1;
}

function opened(desk: Desk, data: ConversationOpened, position: number): void {
  customerCreated(desk, data.customer);
  desk.strangers.delete(data.customer.id);
  const conversation = conversationFromEvent(data.conversation, position);
  if (!desk.confirmed.has(conversation.id)) confirmByEvent(desk, null, conversation);
  // An answer brought it first. It is counted as it is now, or asked for.
  else if (position > desk.countsPosition) desk.countsAreStale = true;
}

type Changes = (conversation: Conversation) => Partial<Conversation>;

function change(desk: Desk, id: string, position: number, changes: Changes): void {
  const known = desk.confirmed.get(id);
  if (known === undefined) {
    desk.missing.set(id, position);
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

/** What somebody else gave to this agent is new to them, whether or not the customer has written since. */
function assigned(desk: Desk, data: ConversationAssigned, by: string | null, position: number): void {
  const assignedUsers = data.assignedUsers.map(({ id }) => id);
  const assignedTeams = data.assignedTeams.map(({ id }) => id);
  const id = data.conversation;
  const hadIt = desk.confirmed.get(id)?.assignedUsers.includes(desk.me) === true;
  if (!assignedUsers.includes(desk.me)) desk.arrived.delete(id);
  else if (!hadIt && by !== desk.me) desk.arrived.add(id);
  change(desk, id, position, () => ({ assignedUsers, assignedTeams, queue: data.queue }));
}

function messageCreated(desk: Desk, message: Message, position: number): void {
  if (message.direction === "in") customerSeen(desk, message.customer, message.sentAt);
  change(desk, message.conversation, position, (conversation) => withMessage(conversation, message));
}

function messageRead(desk: Desk, { conversation, by, at }: MessageRead, position: number): void {
  const known = desk.confirmed.get(conversation);
  if (known === undefined) return;
  if (by.type === "customer") customerSeen(desk, known.customer, at);
  if (by.type === "user") change(desk, conversation, position, () => ({ isUnread: false }));
}

/** Also of one who is known, when they open another conversation: what the event does not bring stays. */
function customerCreated(desk: Desk, customer: LiveCustomer): void {
  const known = desk.customers.get(customer.id);
  const told = customerFromEvent(customer);
  if (known === undefined) desk.customers.set(customer.id, told);
  else {
    const { timeZone, company, tags, watchers, others, custom, rev } = known;
    desk.customers.set(customer.id, { ...told, timeZone, company, tags, watchers, others, custom, rev });
  }
}

function customerSeen(desk: Desk, id: string, at: string): void {
  const known = desk.customers.get(id);
  if (known !== undefined && (known.lastSeenAt ?? "") < at)
    desk.customers.set(id, { ...known, lastSeenAt: at });
}

function customerUpdated(desk: Desk, { customer, displayName, changes }: CustomerUpdated): void {
  const known = desk.customers.get(customer);
  if (known !== undefined)
    desk.customers.set(customer, { ...known, displayName, ...changedCustomer(changes) });
  renameCustomer(desk, customer, displayName);
}

function renameCustomer(desk: Desk, customer: string, customerName: string): void {
  for (const conversation of desk.confirmed.values()) {
    if (conversation.customer === customer) confirm(desk, { ...conversation, customerName });
  }
}

/** A visitor logged in: what they wrote before now belongs to the customer they turned out to be. */
function customerMerged(
  desk: Desk,
  { customer, from, conversations }: CustomerMerged,
  position: number,
): void {
  const name = desk.customers.get(customer)?.displayName;
  desk.strangers.delete(customer);
  for (const id of conversations) {
    const conversation = desk.confirmed.get(id);
    if (conversation === undefined) continue;
    confirm(desk, { ...conversation, customer, customerName: name ?? conversation.customerName });
    if (name === undefined) desk.missing.set(id, position);
  }
  desk.customers.delete(from);
  desk.strangers.delete(from);
}

/** What went along with a merge goes back, to a record that is its own again. */
function customerUnmerged(desk: Desk, { customer, displayName, conversations }: CustomerUnmerged): void {
  for (const id of conversations)
    conversationMoved(desk, { conversation: id, customer, customerName: displayName });
}

function conversationMoved(
  desk: Desk,
  {
    conversation: id,
    customer,
    customerName,
  }: Pick<ConversationMoved, "conversation" | "customer" | "customerName">,
): void {
  const known = desk.confirmed.get(id);
  if (known !== undefined) confirm(desk, { ...known, customer, customerName });
}

/** Clocks of conversations that nobody has loaded are many, and come along when somebody does. */
function slaChanged(desk: Desk, { conversation, sla }: SlaChanged, position: number): void {
  // A list that is on its way may bring it as it was before this.
  const isComing = desk.missing.has(conversation) || Object.values(desk.lists).some(isOnItsWay);
  if (desk.confirmed.has(conversation) || isComing) change(desk, conversation, position, () => ({ sla }));
}

function isOnItsWay({ state }: Desk["lists"]["mine"]): boolean {
  return state === "loading";
}

function pageViewed(
  desk: Desk,
  { conversation, customer, url, title, at, device, browser, os }: PageViewed,
  position: number,
): void {
  customerSeen(desk, customer, at);
  // Nobody looks at the pages of a conversation that is not loaded: it brings them along when it is.
  if (!desk.confirmed.has(conversation)) return;
  const isElsewhere = browser !== null || os !== null;
  change(desk, conversation, position, ({ context }) => ({
    context: withPage(isElsewhere ? { ...context, device, browser, os } : context, { url, title, at }),
  }));
}

function withPage(context: VisitContext, page: VisitContext["pages"][number]): VisitContext {
  return { ...context, currentPage: page, pages: [...context.pages, page].slice(-PAGES_KEPT) };
}

function agentStatusChanged(desk: Desk, data: AgentStatusChanged): void {
  const known = desk.agents.get(data.user);
  desk.agents.set(data.user, {
    id: data.user,
    displayName: data.displayName,
    status: data.status,
    reason: data.reason,
    changedAt: data.at,
    load: known?.load ?? null,
    capacity: known?.capacity ?? null,
  });
}
