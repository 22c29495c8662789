import type { AgentEvent, Subscription } from "@kithdesk/api-client";
import { create } from "zustand";

import { api } from "../api/api.ts";
import type { Resource } from "../desk/reading.ts";
import { currentDesk } from "../desk/store.ts";
import { follow, onOnline } from "../live/live.ts";
import { onSent } from "../live/outbox.ts";
import { stoppedTyping } from "../live/signals.ts";
import { onForget } from "../session/session.ts";
import { type Entry, entryFromResource, entryOf } from "./entries.ts";
import { LOADING, type Timeline, withEntry, withNewestPage, withOlderPage } from "./timeline.ts";

/** Timelines of the conversations that were opened here, the latest last. Coming back to one costs no request. */
export const useTimelines = create<{ readonly timelines: ReadonlyMap<string, Timeline> }>(() => ({
  timelines: new Map(),
}));

const PAGE_SIZE = 50;
const KEPT = 30;

/** The timelines on screen, each with how to begin it again. */
const starters = new Map<string, () => void>();

export function useTimeline(conversation: string): Timeline {
  return useTimelines(({ timelines }) => timelines.get(conversation)) ?? LOADING;
}

/** Show this conversation's timeline and keep it current until the returned function is called. */
export function followTimeline(conversation: string): () => void {
  let isOver = false;
  let subscription: Subscription | null = null;
  const topic = `conversation:${conversation}`;
  const listen = (after: number | undefined) => {
    subscription = follow(topic, after, {
      event: (event, position) => takeEvent(conversation, event, position),
      resync: async () => (await loadNewest(conversation)).cursor ?? 0,
      refused: () => {
        subscription = null;
        // Whether it is still there to read, the next attempt finds out.
        update(conversation, (timeline) => ({ ...timeline, state: "failed", cursor: undefined }));
      },
    });
  };
  const start = () => {
    begin(conversation).then(
      (after) => !isOver && listen(after),
      () => update(conversation, (timeline) => ({ ...timeline, state: "failed" })),
    );
  };
  starters.set(conversation, start);
  start();
  return () => {
    isOver = true;
    starters.delete(conversation);
    const cursor = subscription?.cursor;
    subscription?.end();
    if (cursor !== undefined) update(conversation, (timeline) => ({ ...timeline, cursor }));
  };
}

/** Try again what could not be loaded. */
export function retryTimeline(conversation: string): void {
  update(conversation, (timeline) => ({
    ...timeline,
    state: timeline.entries.length === 0 ? "loading" : "ready",
  }));
  starters.get(conversation)?.();
}

// What failed while the server was away is there when it comes back.
onOnline((isOnline) => {
  if (!isOnline) return;
  for (const conversation of starters.keys()) {
    if (useTimelines.getState().timelines.get(conversation)?.state === "failed") retryTimeline(conversation);
  }
});

async function begin(conversation: string): Promise<number | undefined> {
  const known = useTimelines.getState().timelines.get(conversation);
  return known?.cursor ?? (await loadNewest(conversation)).cursor;
}

export async function loadOlder(conversation: string): Promise<void> {
  const timeline = useTimelines.getState().timelines.get(conversation);
  const oldest = timeline?.entries[0];
  if (timeline === undefined || oldest === undefined || timeline.isComplete || timeline.older === "loading")
    return;
  update(conversation, (current) => ({ ...current, older: "loading" }));
  try {
    const { entries, isComplete } = await fetchPage(conversation, `&before=${oldest.position}`);
    update(conversation, (current) => withOlderPage(current, entries, isComplete));
  } catch {
    update(conversation, (current) => ({ ...current, older: "failed" }));
  }
}

async function loadNewest(conversation: string): Promise<Timeline> {
  if (!useTimelines.getState().timelines.has(conversation)) update(conversation, () => LOADING);
  const { entries, isComplete, position } = await fetchPage(conversation, "");
  const timeline = withNewestPage(entries, { isComplete, position });
  update(conversation, () => timeline);
  return timeline;
}

async function fetchPage(conversation: string, where: string) {
  const customer = currentDesk().conversations.get(conversation)?.customer;
  if (customer === undefined) throw new Error("The conversation must be loaded before its timeline");
  const { data, meta, position } = await api.get<readonly Resource[]>(
    `/v1/customers/${customer}/timeline?conversation=${conversation}&pageSize=${PAGE_SIZE}${where}`,
  );
  const entries = data.map(entryFromResource).filter((entry): entry is Entry => entry !== null);
  return { entries, isComplete: meta.more !== true, position };
}

function takeEvent(conversation: string, event: AgentEvent, position: number): void {
  const entry = entryOf(event, position);
  if (entry === null) return;
  if (entry.kind === "message") stoppedTyping(conversation, entry.message.sentBy.id);
  update(conversation, (timeline) => withEntry(timeline, entry));
}

// The ack brings the message as the server has it: no need to wait for the event.
onSent((_sent, { message, position }) => {
  if (message === undefined || position === undefined) return;
  const { conversation, sentAt: at, sentBy: actor } = message;
  if (!useTimelines.getState().timelines.has(conversation)) return;
  update(conversation, (timeline) => withEntry(timeline, { kind: "message", message, position, at, actor }));
});

onForget(() => useTimelines.setState({ timelines: new Map() }));

function update(conversation: string, change: (timeline: Timeline) => Timeline): void {
  useTimelines.setState(({ timelines }) => {
    const next = new Map(timelines);
    const changed = change(next.get(conversation) ?? LOADING);
    next.delete(conversation);
    next.set(conversation, changed);
    for (const id of [...next.keys()].slice(0, Math.max(0, next.size - KEPT))) next.delete(id);
    return { timelines: next };
  });
}
