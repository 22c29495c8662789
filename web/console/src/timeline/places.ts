import type { Resource } from "../desk/reading.ts";
import { list, numberOrNull, text, textOrNull } from "../desk/reading.ts";
import { type Entry, idOf, UNNAMED } from "./entries.ts";
import { momentOf } from "./happened.ts";
import { type Filter, isAbout, wordsOf } from "./view.ts";

/** Something on a timeline that has the words: which entry, where it stands and when it was. */
export interface Place {
  readonly id: string;
  /** Null where only the time is known. */
  readonly position: number | null;
  readonly at: string;
  /** Null for what is the customer's own. */
  readonly conversation: string | null;
}

/** What the server found, as far as it was asked for. */
export interface Answer {
  readonly places: readonly Place[];
  readonly total: number;
  /** There are more than are counted. */
  readonly isCapped: boolean;
  /** How the words are written where they were found: forms of those that were typed. */
  readonly written: readonly string[];
}

export const NO_ANSWER: Answer = { places: [], total: 0, isCapped: false, written: [] };

const MOST_WRITTEN = 50;

/** How the server is asked for what a filter shows; null for what it has no words of. */
export const ASKED: Readonly<Record<Filter, string | null>> = {
  all: "&types=message,note,kobject",
  messages: "&types=message",
  chats: "&types=message&channel=chat",
  emails: "&types=message&channel=email",
  notes: "&types=note",
  objects: "&types=kobject",
  events: null,
  visits: null,
  changes: null,
};

export function placeFrom({ id, attributes: json }: Resource): Place {
  return {
    id,
    position: numberOrNull(json.position),
    at: text(json.at),
    // What was put to a conversation stands among what is the customer's own.
    conversation: json.kind === "kobject" ? null : textOrNull(json.conversation),
  };
}

/** The words that are marked in what the server shows of its hits. */
export function writtenIn(hits: readonly Resource[]): string[] {
  const words = hits.flatMap(({ attributes: { snippet, highlights } }) =>
    list(highlights).flatMap((span) => {
      const [from, to] = Array.isArray(span) ? span.map(numberOrNull) : [];
      return from == null || to == null ? [] : wordsOf(text(snippet).slice(from, to));
    }),
  );
  return [...new Set(words)].slice(0, MOST_WRITTEN);
}

/** What of these entries has the words, the newest first. A record that changed several times is one. */
export function placesIn(entries: readonly Entry[], query: string): readonly Place[] {
  if (query.trim() === "") return [];
  const found = new Map<string, Place>();
  for (const entry of entries) {
    if (!isAbout(entry, query)) continue;
    const { position, conversation } = entry;
    found.set(idOf(entry), { id: idOf(entry), position, at: momentOf(entry), conversation });
  }
  return [...found.values()].sort(newestFirst);
}

/** Both together, each once. */
export function together(answer: Answer, loaded: readonly Place[]): readonly Place[] {
  const known = new Set(answer.places.map(({ id }) => id));
  const others = loaded.filter(({ id }) => !known.has(id));
  return others.length === 0 ? answer.places : [...answer.places, ...others].sort(newestFirst);
}

/** How many there are, of which the server has told only some. */
export function totalOf({ places, total }: Answer, loaded: readonly Place[], all: readonly Place[]): number {
  if (places.length >= total) return all.length;
  // Messages and records that are loaded come with a later page of the answer; other entries never do.
  return Math.max(all.length, total + loaded.filter(({ id }) => id.startsWith(UNNAMED)).length);
}

function newestFirst(one: Place, other: Place): number {
  return Date.parse(other.at) - Date.parse(one.at) || (other.position ?? 0) - (one.position ?? 0);
}
