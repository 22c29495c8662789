import type { Conversation } from "./types.ts";

export const LIST_NAMES = ["mine", "unassigned", "all", "snoozed", "done"] as const;
export type ListName = (typeof LIST_NAMES)[number];

export type Counts = Readonly<Record<ListName, number>>;

/** The loaded top of one list. Rows below `horizon` exist on the server but have not been asked for. */
export interface List {
  readonly ids: readonly string[];
  readonly state: "unasked" | "loading" | "ready" | "failed";
  readonly isComplete: boolean;
  readonly horizon: string | null;
}

export const EMPTY_LIST: List = { ids: [], state: "unasked", isComplete: false, horizon: null };
export const NO_COUNTS: Counts = { mine: 0, unassigned: 0, all: 0, snoozed: 0, done: 0 };

export function belongs(list: ListName, conversation: Conversation, me: string): boolean {
  switch (list) {
    case "mine":
      return conversation.status === "open" && conversation.assignedUsers.includes(me);
    case "unassigned":
      return conversation.status === "open" && conversation.assignedUsers.length === 0;
    case "all":
      return conversation.status === "open";
    case "snoozed":
      return conversation.status === "snoozed";
    case "done":
      return conversation.status === "done";
  }
}

/** Sorts newest activity first; the id decides between equals, as on the server. */
export function sortKey(conversation: Conversation): string {
  return `${conversation.lastMessageAt ?? conversation.createdAt}|${conversation.id}`;
}

/** Where `key` goes in `ids`, which are sorted by descending key. */
export function placeOf(key: string, ids: readonly string[], keyOf: (id: string) => string): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyOf(ids[middle] as string) > key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** True when a row with this key lies in the part of the list that was loaded. */
export function isLoaded(list: List, key: string): boolean {
  if (list.state === "unasked") return false;
  return list.isComplete || (list.horizon !== null && key >= list.horizon);
}
