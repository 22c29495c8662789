import { create } from "zustand";

import { api } from "../api/api.ts";
import { isJson, list, numberOrNull, type Resource, text } from "../desk/reading.ts";
import { currentDesk, subscribeToDesk } from "../desk/store.ts";
import { hearInbox } from "../live/inbox-topic.ts";
import { onForget } from "../session/session.ts";
import { inTurn } from "./in-turn.ts";

const PATH = "/v1/views";
/** Counting looks at much: not for every event. */
const COUNT_EVERY_MS = 5_000;
/** What is saved in one window is told to it too; several at once are one question. */
const READ_AFTER_MS = 200;
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
  } catch {
    // Without them every list is still there; the next visit asks again.
    useViews.setState(({ state }) => ({ state: state === "loading" ? "failed" : state }));
  }
}

async function readViews(): Promise<void> {
  const { data } = await api.all(PATH);
  useViews.setState({ state: "ready", views: data.map(viewFrom) });
  await loadCounts();
}

/** Which views there are and how much is in each, kept right until the returned function is called. */
export function followViews(): () => void {
  const stops = [followSaved(), followCounts()];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Views are saved, renamed and removed in other windows, and by others. */
function followSaved(): () => void {
  let desk = currentDesk();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const again = () => {
    // Until they have been read once there is nothing to bring up to date.
    if (timer !== undefined || useViews.getState().state !== "ready") return;
    timer = setTimeout(() => {
      timer = undefined;
      readViews().catch(() => undefined);
    }, READ_AFTER_MS);
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
    clearTimeout(timer);
    stopHearing();
    stopWatching();
  };
}

function followCounts(): () => void {
  let counted = currentDesk().version;
  const counting = inTurn(loadCounts, COUNT_EVERY_MS);
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

export async function changeView(id: string, wish: Partial<ViewWish>): Promise<View> {
  const { data } = await api.put(`${PATH}/${id}`, wish);
  return take(viewFrom(data));
}

export async function removeView(id: string): Promise<void> {
  await api.remove(`${PATH}/${id}`);
  useViews.setState(({ views }) => ({ views: views.filter((view) => view.id !== id) }));
}

function take(view: View): View {
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
  };
}

/** The order stands beside what is asked for, and is asked for with it. */
function queryFrom({ query, sort }: Resource["attributes"]): View["query"] {
  const asked = isJson(query) ? query : {};
  return list(sort).length > 0 ? { ...asked, sort } : asked;
}
