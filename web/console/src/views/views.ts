import { create } from "zustand";

import { api } from "../api/api.ts";
import { isJson, list, numberOrNull, type Resource, text } from "../desk/reading.ts";
import { currentDesk, subscribeToDesk } from "../desk/store.ts";
import { type InTurn, inTurn } from "../live/in-turn.ts";
import { hearInbox } from "../live/inbox-topic.ts";
import { onForget } from "../session/session.ts";
import { changesIn } from "../settings/changes.ts";

const PATH = "/v1/views";
/** Counting looks at much: not for every event. */
const COUNT_EVERY_MS = 5_000;
/** What is saved in one window is told to it too; several at once are one question. */
const READ_AFTER_MS = 200;
/** All windows of an organisation are told at once, and must not ask at once. */
const SPREAD_MS = 5_000;
/** More than an agent has: their counts are one answer. */
const MOST_VIEWS = 200;

/** A list of conversations or customers that somebody described. */
export interface View {
  readonly id: string;
  readonly name: string;
  readonly context: "conversation" | "customer";
  /** As the search language writes it. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly isShared: boolean;
  /** Which version of it this is; none of what nobody saved. */
  readonly rev?: number;
}

interface Views {
  readonly state: "unasked" | "loading" | "ready" | "failed";
  readonly views: readonly View[];
  /** What is counted only so far says so: "1,000+". */
  readonly counts: ReadonlyMap<string, Count>;
}

export interface Count {
  readonly count: number;
  readonly isCapped: boolean;
}

const NONE: Views = { state: "unasked", views: [], counts: new Map() };

export const useViews = create<Views>(() => NONE);

onForget(() => useViews.setState(NONE));

export async function loadViews(): Promise<void> {
  useViews.setState({ state: "loading" });
  try {
    await readViews();
    await loadCounts();
  } catch {
    // Without them every list is still there; the next visit asks again.
    useViews.setState(({ state }) => ({ state: state === "loading" ? "failed" : state }));
  }
}

async function readViews(signal?: AbortSignal): Promise<void> {
  const { data } = await api.all(PATH);
  if (signal?.aborted) return;
  useViews.setState({ state: "ready", views: data.map(viewFrom).map(keptIfKnown) });
}

/** One that is as it was stays the same object, and so does what it asks for: its rows are not asked for again. */
function keptIfKnown(view: View): View {
  const known = useViews.getState().views.find(({ id }) => id === view.id);
  if (known === undefined) return view;
  const query = isSame(known.query, view.query) ? known.query : view.query;
  return isSame(known, view) ? known : { ...view, query };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Which views there are and how much is in each, kept right until the returned function is called. */
export function followViews(): () => void {
  const counting = inTurn(loadCounts, spread(COUNT_EVERY_MS));
  const stops = [followSaved(counting), followCounts(counting)];
  return () => {
    for (const stop of stops) stop();
  };
}

function spread(leastMs: number): () => number {
  return () => leastMs + Math.random() * SPREAD_MS;
}

/** Views are saved, renamed and removed in other windows, and by others. */
function followSaved(counting: InTurn): () => void {
  let desk = currentDesk();
  const reading = inTurn(async (signal) => {
    await readViews(signal);
    counting.soon();
  }, spread(READ_AFTER_MS));
  const again = () => {
    // Until they have been read once there is nothing to bring up to date.
    if (useViews.getState().state === "ready") reading.soon();
  };
  const stopHearing = hearInbox((events) => {
    if (events.some(({ kind }) => kind === "view.saved" || kind === "view.removed")) again();
  });
  // A desk that was read anew has missed what was told meanwhile.
  const stopWatching = subscribeToDesk((now) => {
    if (now !== desk) again();
    desk = now;
  });
  return () => {
    reading.stop();
    stopHearing();
    stopWatching();
  };
}

function followCounts(counting: InTurn): () => void {
  let counted = currentDesk().version;
  const stop = subscribeToDesk(({ version }) => {
    if (version === counted || useViews.getState().views.length === 0) return;
    counted = version;
    counting.soon();
  });
  return () => {
    counting.stop();
    stop();
  };
}

async function loadCounts(signal?: AbortSignal): Promise<void> {
  if (useViews.getState().views.length === 0) return;
  const { data } = await api.list(`${PATH}/counts?pageSize=${MOST_VIEWS}`, signal && { signal });
  const known = useViews.getState().counts;
  const counts = new Map<string, Count>();
  for (const { id, attributes } of data) {
    const { count, isCapped, isFinished } = attributes;
    // One for which there was no time is as it was.
    const last = isFinished === false ? known.get(id) : undefined;
    counts.set(id, last ?? { count: numberOrNull(count) ?? 0, isCapped: isCapped === true });
  }
  useViews.setState({ counts });
}

export interface ViewWish {
  readonly name: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly isShared: boolean;
}

export async function createView(context: View["context"], wish: ViewWish): Promise<View> {
  const { data } = await api.post(PATH, { ...wish, context });
  return take(viewFrom(data));
}

/** Only what differs. Rejects with a conflict where what it shows was changed since, by whoever was faster. */
export async function changeView(before: View, wish: ViewWish): Promise<View> {
  const { name, query, isShared, rev } = before;
  const changes = changesIn({ ...wish }, { name, query, isShared });
  const { data } = await api.put(`${PATH}/${before.id}`, "query" in changes ? { ...changes, rev } : changes);
  return take(viewFrom(data));
}

export async function removeView(id: string): Promise<void> {
  await api.remove(`${PATH}/${id}`);
  useViews.setState(({ views }) => ({ views: views.filter((view) => view.id !== id) }));
}

function take(taken: View): View {
  const view = keptIfKnown(taken);
  useViews.setState(({ views }) => ({
    views: views.some(({ id }) => id === view.id)
      ? views.map((one) => (one.id === view.id ? view : one))
      : [...views, view],
  }));
  loadCounts().catch(() => undefined);
  return view;
}

function viewFrom({ id, attributes: json }: Resource): View {
  return {
    id,
    name: text(json.name),
    context: json.context === "customer" ? "customer" : "conversation",
    query: queryFrom(json),
    isShared: json.isShared === true,
    ...(typeof json.rev === "number" && { rev: json.rev }),
  };
}

/** The order stands beside what is asked for, and is asked for with it. */
function queryFrom({ query, sort }: Resource["attributes"]): View["query"] {
  const asked = isJson(query) ? query : {};
  return list(sort).length > 0 ? { ...asked, sort } : asked;
}
