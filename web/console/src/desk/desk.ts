import {
  belongs,
  type Counts,
  EMPTY_LIST,
  isLoaded,
  LIST_NAMES,
  type List,
  type ListName,
  NO_COUNTS,
  placeOf,
  sortKey,
} from "./lists.ts";
import { isIn, type Patch, type Pending } from "./pending.ts";
import type { Agent, Conversation, Customer, VisitContext } from "./types.ts";

/** As many as the server keeps. */
export const PAGES_KEPT = 20;
/** An import tells of thousands whom nobody looks at; who logs in is told of a moment before they matter. */
const STRANGERS_KEPT = 100;

/**
 * Everything this screen knows, normalised: one record per conversation; lists and counts follow from it.
 *
 *     confirmed   what the journal said, the only thing events change
 *     pending     what this agent did a moment ago and the journal has not said yet
 *     conversations = confirmed + pending, what is drawn
 *
 * The maps are changed in place and their values replaced, so that 50,000 rows are not copied for one event;
 * `version` tells the screen that something changed.
 */
export interface Desk {
  readonly me: string;
  readonly confirmed: Map<string, Conversation>;
  readonly pending: Map<string, readonly Pending[]>;
  readonly conversations: Map<string, Conversation>;
  readonly customers: Map<string, Customer>;
  /** Customers of whom nothing is known but that they were made, the last ones: those before them are forgotten. */
  readonly strangers: Set<string>;
  readonly agents: Map<string, Agent>;
  lists: Readonly<Record<ListName, List>>;
  counts: Counts;
  /** `counts` contains every event up to here. */
  countsPosition: number;
  /** Set when an event could not be counted; whoever talks to the server asks it and clears this. */
  countsAreStale: boolean;
  /** Conversations that an event named and that are not loaded, each with the position of the latest such event. */
  readonly missing: Map<string, number>;
  /** Conversations that were asked for by themselves: only that answer has their pages, rows of lists do not. */
  readonly whole: Set<string>;
  /** Conversations that somebody gave to this agent, who has not looked at them since. */
  readonly arrived: Set<string>;
  version: number;
}

export function emptyDesk(me: string): Desk {
  return {
    me,
    confirmed: new Map(),
    pending: new Map(),
    conversations: new Map(),
    customers: new Map(),
    strangers: new Set(),
    agents: new Map(),
    lists: {
      mine: EMPTY_LIST,
      unassigned: EMPTY_LIST,
      all: EMPTY_LIST,
      snoozed: EMPTY_LIST,
      done: EMPTY_LIST,
    },
    counts: NO_COUNTS,
    countsPosition: 0,
    countsAreStale: false,
    missing: new Map(),
    whole: new Set(),
    arrived: new Set(),
    version: 0,
  };
}

/**
 * Take a conversation as an HTTP answer has it; an older record than ours changes nothing. The counts stay: the events
 * that made the difference are still to come, and say then whether the counts lack them.
 */
export function confirm(desk: Desk, conversation: Conversation): void {
  const before = desk.confirmed.get(conversation.id);
  // An answer from before the event that asked for it does not have what that event said.
  if ((desk.missing.get(conversation.id) ?? 0) <= conversation.position) desk.missing.delete(conversation.id);
  if (before === undefined) {
    take(desk, conversation);
    return;
  }
  const context = withKnownPages(before.context, conversation.context);
  const newest = before.position > conversation.position ? before : conversation;
  take(desk, { ...newest, context: { ...newest.context, ...context } });
}

/** Rows of a list have no pages, and an answer may be older than the last event: no page that we know is lost. */
function withKnownPages(
  known: VisitContext,
  brought: VisitContext,
): Pick<VisitContext, "pages" | "currentPage"> {
  const until = brought.pages.at(-1)?.at ?? "";
  const pages = [...brought.pages, ...known.pages.filter(({ at }) => at > until)];
  const [one, other] = [known.currentPage, brought.currentPage];
  const currentPage = one === null || (other !== null && other.at > one.at) ? other : one;
  return { pages: pages.slice(-PAGES_KEPT), currentPage };
}

/** Take a conversation that was asked for by itself, and so came with its pages. */
export function confirmWhole(desk: Desk, conversation: Conversation): void {
  desk.whole.add(conversation.id);
  confirm(desk, conversation);
}

/** Take what the event at `conversation.position` made of it. Only events move the counts: each is counted once. */
export function confirmByEvent(desk: Desk, before: Conversation | null, conversation: Conversation): void {
  if (conversation.position > desk.countsPosition) {
    if (before !== null) addToCounts(desk, before, -1);
    addToCounts(desk, conversation, 1);
  }
  take(desk, conversation);
}

function take(desk: Desk, conversation: Conversation): void {
  desk.confirmed.set(conversation.id, conversation);
  settle(desk, conversation.id);
}

/** Keep somebody whom nothing on the screen may ever show, for a while. */
export function takeStranger(desk: Desk, customer: Customer): void {
  desk.customers.set(customer.id, customer);
  desk.strangers.add(customer.id);
  for (const id of desk.strangers) {
    if (desk.strangers.size <= STRANGERS_KEPT) return;
    desk.strangers.delete(id);
    desk.customers.delete(id);
  }
}

/** Show `patch` at once. The key takes it back, or marks it as accepted. */
export function anticipate(desk: Desk, id: string, patch: Patch): symbol {
  const key = Symbol(id);
  desk.pending.set(id, [...(desk.pending.get(id) ?? []), { key, patch, isAccepted: false }]);
  settle(desk, id);
  return key;
}

export function accept(desk: Desk, id: string, key: symbol): void {
  replacePending(desk, id, (pending) => (pending.key === key ? { ...pending, isAccepted: true } : pending));
}

export function takeBack(desk: Desk, id: string, key: symbol): void {
  replacePending(desk, id, (pending) => (pending.key === key ? null : pending));
}

/** Counts as they are drawn: the journal's, moved by what this agent just did. */
export function shownCounts(desk: Desk): Counts {
  if (desk.pending.size === 0) return desk.counts;
  const counts: Record<ListName, number> = { ...desk.counts };
  for (const id of desk.pending.keys()) {
    const confirmed = desk.confirmed.get(id);
    const shown = desk.conversations.get(id);
    if (confirmed === undefined || shown === undefined) continue;
    for (const list of LIST_NAMES) {
      counts[list] += Number(belongs(list, shown, desk.me)) - Number(belongs(list, confirmed, desk.me));
    }
  }
  return counts;
}

/** An organisation that nobody has written to yet. */
export function isWithoutConversations(desk: Desk): boolean {
  return desk.counts.all + desk.counts.snoozed + desk.counts.done === 0 && desk.conversations.size === 0;
}

/** One page of a list as the server gave it, from the top when `isFirst`. */
export function takePage(
  desk: Desk,
  name: ListName,
  rows: readonly Conversation[],
  page: { readonly isFirst: boolean; readonly isLast: boolean },
): void {
  for (const row of rows) confirm(desk, row);
  const old = desk.lists[name];
  const keys = rows.map(sortKey);
  const lowest = keys.reduce<string | null>(
    (least, key) => (least === null || key < least ? key : least),
    page.isFirst ? null : old.horizon,
  );
  const list: List = { ...old, state: "ready", isComplete: page.isLast, horizon: lowest };
  // What was loaded before is in its place already, above the rest: for 50,000 rows only the new ones are sorted.
  const ids = [...old.ids, ...newcomers(desk, name, old, list)];
  desk.lists = { ...desk.lists, [name]: { ...list, ids } };
  desk.version += 1;
}

export function setListState(desk: Desk, name: ListName, state: List["state"]): void {
  desk.lists = { ...desk.lists, [name]: { ...desk.lists[name], state } };
  desk.version += 1;
}

export function takeCounts(desk: Desk, counts: Counts, position: number): void {
  desk.counts = counts;
  desk.countsPosition = position;
  desk.countsAreStale = false;
  desk.version += 1;
}

/** Draw one conversation again: drop what the journal now says itself, lay the rest on top, and move its rows. */
function settle(desk: Desk, id: string): void {
  const confirmed = desk.confirmed.get(id);
  if (confirmed === undefined) return;
  const waiting = (desk.pending.get(id) ?? []).filter(
    (pending) => !(pending.isAccepted && isIn(confirmed, pending.patch)),
  );
  if (waiting.length === 0) desk.pending.delete(id);
  else desk.pending.set(id, waiting);
  const shown: Conversation = Object.assign({}, confirmed, ...waiting.map(({ patch }) => patch));
  const before = desk.conversations.get(id);
  desk.conversations.set(id, shown);
  for (const name of LIST_NAMES) moveRow(desk, name, before, shown);
  desk.version += 1;
}

function moveRow(desk: Desk, name: ListName, before: Conversation | undefined, after: Conversation): void {
  const list = desk.lists[name];
  const key = sortKey(after);
  const isRow = belongs(name, after, desk.me) && isLoaded(list, key);
  const wasRow = before !== undefined && belongs(name, before, desk.me) && list.ids.includes(after.id);
  if (!isRow && !wasRow) return;
  if (isRow && wasRow && before !== undefined && sortKey(before) === key) return;
  const ids = list.ids.filter((id) => id !== after.id);
  if (isRow)
    ids.splice(
      placeOf(key, ids, (id) => keyOf(desk, id)),
      0,
      after.id,
    );
  desk.lists = { ...desk.lists, [name]: { ...list, ids } };
}

/** The rows that `list` has loaded and `old` had not, in order. */
function newcomers(desk: Desk, name: ListName, old: List, list: List): string[] {
  const found: { id: string; key: string }[] = [];
  for (const conversation of desk.conversations.values()) {
    if (!belongs(name, conversation, desk.me)) continue;
    const key = sortKey(conversation);
    if (isLoaded(list, key) && !isLoaded(old, key)) found.push({ id: conversation.id, key });
  }
  return found.sort((one, other) => (one.key < other.key ? 1 : -1)).map(({ id }) => id);
}

function keyOf(desk: Desk, id: string): string {
  const conversation = desk.conversations.get(id);
  return conversation === undefined ? "" : sortKey(conversation);
}

function addToCounts(desk: Desk, conversation: Conversation, by: 1 | -1): void {
  const counts: Record<ListName, number> = { ...desk.counts };
  for (const list of LIST_NAMES)
    if (belongs(list, conversation, desk.me)) counts[list] = Math.max(0, counts[list] + by);
  desk.counts = counts;
}

function replacePending(desk: Desk, id: string, change: (pending: Pending) => Pending | null): void {
  const changed = (desk.pending.get(id) ?? []).map(change).filter((pending) => pending !== null);
  desk.pending.set(id, changed);
  settle(desk, id);
}
