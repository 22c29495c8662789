import type { Message } from "../desk/types.ts";
import type { Entry } from "./entries.ts";

/** What is loaded of one timeline, oldest first. */
export interface Timeline {
  readonly entries: readonly Entry[];
  /** Everything from this position on has been read, also what is not drawn; null before anything was. */
  readonly oldest: number | null;
  readonly state: "loading" | "ready" | "failed";
  /** Nothing older exists. */
  readonly isComplete: boolean;
  readonly older: "idle" | "loading" | "failed";
  /** Complete up to here; where to subscribe again. */
  readonly cursor: number | undefined;
}

export const LOADING: Timeline = {
  entries: [],
  oldest: null,
  state: "loading",
  isComplete: false,
  older: "idle",
  cursor: undefined,
};

interface Page {
  readonly isComplete: boolean;
  /** Where the page begins; left out, at its first entry. */
  readonly oldest?: number | null;
}

/** The newest page, read anew. */
export function withNewestPage(
  entries: readonly Entry[],
  page: Page & { readonly position: number },
): Timeline {
  return {
    entries,
    oldest: page.oldest ?? entries[0]?.position ?? null,
    state: "ready",
    isComplete: page.isComplete,
    older: "idle",
    cursor: page.position,
  };
}

export function withOlderPage(
  timeline: Timeline,
  page: readonly Entry[],
  { isComplete, oldest }: Page,
): Timeline {
  const known = new Set(timeline.entries.map(({ position }) => position));
  const older = page.filter(({ position }) => !known.has(position));
  return {
    ...timeline,
    entries: [...older, ...timeline.entries],
    oldest: oldest ?? page[0]?.position ?? timeline.oldest,
    isComplete,
    older: "idle",
  };
}

/** One more fact, from the live topic or from the ack of what was sent here: the same message counts once. */
export function withEntry(timeline: Timeline, entry: Entry): Timeline {
  if (timeline.entries.some((known) => known.position === entry.position && known.kind === entry.kind))
    return timeline;
  const others =
    entry.kind === "message" ? withoutMessage(timeline.entries, entry.message.id) : timeline.entries;
  let place = others.length;
  while (place > 0 && (others[place - 1]?.position ?? 0) > entry.position) place -= 1;
  return { ...timeline, entries: [...others.slice(0, place), entry, ...others.slice(place)] };
}

export function newestFromCustomer(timeline: Timeline): Message | null {
  for (let index = timeline.entries.length - 1; index >= 0; index -= 1) {
    const entry = timeline.entries[index];
    if (entry?.kind === "message" && entry.message.direction === "in") return entry.message;
  }
  return null;
}

/** The last message that the customer has seen, and when. */
export function seenByCustomer({ entries }: Timeline): { message: string; at: string } | null {
  const read = entries.findLast((entry) => entry.kind === "read" && entry.side === "customer");
  return read?.kind === "read" ? { message: read.message, at: read.at } : null;
}

function withoutMessage(entries: readonly Entry[], id: string): readonly Entry[] {
  const isThere = entries.some((entry) => entry.kind === "message" && entry.message.id === id);
  return isThere ? entries.filter((entry) => entry.kind !== "message" || entry.message.id !== id) : entries;
}
