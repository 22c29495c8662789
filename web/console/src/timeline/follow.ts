import type { AgentEvent, Subscription } from "@kithdesk/api-client";
import { create } from "zustand";

import { api } from "../api/api.ts";
import { numberOrNull, type Resource } from "../desk/reading.ts";
import { currentDesk } from "../desk/store.ts";
import { follow, onOnline } from "../live/live.ts";
import { onSent } from "../live/outbox.ts";
import { stoppedTyping } from "../live/signals.ts";
import { onForget } from "../session/session.ts";
import { type Entry, entryFromResource, entryOf } from "./entries.ts";
import { LOADING, type Timeline, withEntry, withNewestPage, withOlderPage } from "./timeline.ts";

/**
 * Timelines that were opened here, the latest last: those of conversations under their ids, those of customers under
 * `customerKey`. Coming back to one costs no request.
 */
export const useTimelines = create<{ readonly timelines: ReadonlyMap<string, Timeline> }>(() => ({
  timelines: new Map(),
}));

const PAGE_SIZE = 50;
const KEPT = 60;

/** The timelines on screen, each with how to begin it again. */
const starters = new Map<string, () => void>();

export function useTimeline(key: string): Timeline {
  return useTimelines(({ timelines }) => timelines.get(key)) ?? LOADING;
}

export function customerKey(customer: string): string {
  return `customer:${customer}`;
}

/** Show this conversation's timeline and keep it current until the returned function is called. */
export function followTimeline(conversation: string): () => void {
  return keepCurrent(conversation, `conversation:${conversation}`);
}

/** The same of everything that a customer did, in all conversations and outside of them. */
export function followCustomer(customer: string): () => void {
  return keepCurrent(customerKey(customer), `customer:${customer}`);
}

type FactListener = (customer: string, event: AgentEvent, position: number) => void;

const factListeners = new Set<FactListener>();

/** What happens to a customer who is on screen, as it happens. */
export function onCustomerEvent(listener: FactListener): () => void {
  factListeners.add(listener);
  return () => factListeners.delete(listener);
}

function keepCurrent(key: string, topic: string): () => void {
  let isOver = false;
  let subscription: Subscription | null = null;
  const listen = (after: number | undefined) => {
    subscription = follow(topic, after, {
      event: (event, position) => takeEvent(key, event, position),
      resync: async () => (await loadNewest(key)).cursor ?? 0,
      refused: () => {
        subscription = null;
        // Whether it is still there to read, the next attempt finds out.
        update(key, (timeline) => ({ ...timeline, state: "failed", cursor: undefined }));
      },
    });
  };
  const start = () => {
    begin(key).then(
      (after) => !isOver && listen(after),
      () => update(key, (timeline) => ({ ...timeline, state: "failed" })),
    );
  };
  starters.set(key, start);
  start();
  return () => {
    isOver = true;
    starters.delete(key);
    const cursor = subscription?.cursor;
    subscription?.end();
    if (cursor !== undefined) update(key, (timeline) => ({ ...timeline, cursor }));
  };
}

/** Try again what could not be loaded. */
export function retryTimeline(key: string): void {
  update(key, (timeline) => ({
    ...timeline,
    state: timeline.entries.length === 0 ? "loading" : "ready",
  }));
  starters.get(key)?.();
}

// What failed while the server was away is there when it comes back.
onOnline((isOnline) => {
  if (!isOnline) return;
  for (const key of starters.keys()) {
    if (useTimelines.getState().timelines.get(key)?.state === "failed") retryTimeline(key);
  }
});

async function begin(key: string): Promise<number | undefined> {
  const known = useTimelines.getState().timelines.get(key);
  return known?.cursor ?? (await loadNewest(key)).cursor;
}

export async function loadOlder(key: string): Promise<void> {
  const timeline = useTimelines.getState().timelines.get(key);
  if (
    timeline === undefined ||
    timeline.oldest === null ||
    timeline.isComplete ||
    timeline.older === "loading"
  )
    return;
  update(key, (current) => ({ ...current, older: "loading" }));
  try {
    const { entries, ...page } = await fetchPage(key, `&before=${timeline.oldest}`);
    update(key, (current) => withOlderPage(current, entries, page));
  } catch {
    update(key, (current) => ({ ...current, older: "failed" }));
  }
}

/** What happened to the customer while the loaded part of this conversation went on, and no further back. */
export function loadFactsOf(conversation: string, customer: string): void {
  const { timelines } = useTimelines.getState();
  const from = timelines.get(conversation)?.oldest ?? null;
  const known = timelines.get(customerKey(customer))?.oldest ?? null;
  if (from !== null && known !== null && known > from) void loadOlder(customerKey(customer));
}

async function loadNewest(key: string): Promise<Timeline> {
  if (!useTimelines.getState().timelines.has(key)) update(key, () => LOADING);
  const { entries, ...page } = await fetchPage(key, "");
  const timeline = withNewestPage(entries, page);
  update(key, () => timeline);
  return timeline;
}

/** One page, ascending; `where` names a position to read before or after. */
export async function fetchPage(key: string, where: string, size = PAGE_SIZE) {
  const { data, meta, position } = await api.get<readonly Resource[]>(
    `${pathOf(key)}pageSize=${size}${where}`,
  );
  const entries = data.map(entryFromResource).filter((entry): entry is Entry => entry !== null);
  return {
    entries,
    isComplete: meta.more !== true,
    position,
    oldest: numberOrNull(data[0]?.attributes.position),
    last: markOf(data.at(-1)),
  };
}

/** Where an entry stands, and when it happened. */
function markOf(resource: Resource | undefined): { position: number; at: number } | null {
  const position = numberOrNull(resource?.attributes.position);
  return position === null ? null : { position, at: Date.parse(String(resource?.attributes.at)) };
}

function pathOf(key: string): string {
  if (key.startsWith("customer:")) return `/v1/customers/${key.slice("customer:".length)}/timeline?`;
  const customer = currentDesk().conversations.get(key)?.customer;
  if (customer === undefined) throw new Error("The conversation must be loaded before its timeline");
  return `/v1/customers/${customer}/timeline?conversation=${key}&`;
}

const MOST_AGAIN = 100;

/** The newest part of a past that has become another, and as much of it as was there. What came meanwhile stays. */
async function readAgain(key: string): Promise<void> {
  const known = useTimelines.getState().timelines.get(key)?.entries.length ?? 0;
  const { entries, ...page } = await fetchPage(key, "", Math.min(MOST_AGAIN, Math.max(PAGE_SIZE, known)));
  update(key, (timeline) =>
    timeline.entries
      .filter(({ position }) => position > page.position)
      .reduce(withEntry, withNewestPage(entries, page)),
  );
}

function takeEvent(key: string, event: AgentEvent, position: number): void {
  if (key.startsWith("customer:")) {
    const customer = key.slice("customer:".length);
    tellListeners(customer, event, position);
    // Without an answer the past stays as it was known, and a visit later brings it.
    if (isMove(event, customer)) readAgain(key).catch(() => undefined);
  }
  const entry = entryOf(event, position);
  if (entry === null) return;
  if (entry.kind === "message" && entry.conversation === key) stoppedTyping(key, entry.message.sentBy.id);
  update(key, (timeline) => withEntry(timeline, entry));
}

/** Whether something joins the customer's past, or leaves it. */
function isMove(event: AgentEvent, customer: string): boolean {
  if (event.kind === "customer.merged" || event.kind === "customer.parted")
    return event.data.customer === customer;
  return event.kind === "customer.unmerged";
}

function tellListeners(customer: string, event: AgentEvent, position: number): void {
  for (const listener of factListeners) listener(customer, event, position);
}

// The ack brings the message as the server has it: no need to wait for the event.
onSent((_sent, { message, position }) => {
  if (message === undefined || position === undefined) return;
  const { conversation, sentAt: at, sentBy: actor } = message;
  if (!useTimelines.getState().timelines.has(conversation)) return;
  const entry: Entry = { kind: "message", message, position, at, actor, conversation };
  update(conversation, (timeline) => withEntry(timeline, entry));
});

onForget(() => useTimelines.setState({ timelines: new Map() }));

function update(key: string, change: (timeline: Timeline) => Timeline): void {
  useTimelines.setState(({ timelines }) => {
    const next = new Map(timelines);
    const changed = change(next.get(key) ?? LOADING);
    next.delete(key);
    next.set(key, changed);
    for (const old of [...next.keys()].slice(0, Math.max(0, next.size - KEPT))) next.delete(old);
    return { timelines: next };
  });
}
