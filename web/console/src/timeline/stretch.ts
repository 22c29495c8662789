import { useEffect, useMemo, useState } from "react";

import { type Entry, idOf } from "./entries.ts";
import { fetchPage } from "./follow.ts";
import { isLate, momentOf } from "./happened.ts";
import type { Place } from "./places.ts";
import { LOADING, type Timeline, withNewestPage, withOlderPage } from "./timeline.ts";

/** Where a stretch lies: from a day on, or around something that was found. */
export type Whereabouts =
  | { readonly kind: "day"; readonly day: string }
  | { readonly kind: "place"; readonly place: Place };

/** A stretch of a timeline, open at both ends. What happens now does not move it. */
export interface Stretch {
  readonly timeline: Timeline;
  /** Everything up to here has been read. */
  readonly newest: number;
  readonly hasNewer: boolean;
  readonly newer: "idle" | "loading" | "failed";
  /** What was recorded long after it was said, from wherever it stands: each shows once the stretch reaches its time. */
  readonly late: readonly Entry[];
}

const EMPTY: Stretch = { timeline: LOADING, newest: 0, hasNewer: false, newer: "idle", late: [] };
const PROBES = 64;
const AROUND = 25;
const LATE_SIZE = 100;
/** Of the newest entries: an old correspondence is mostly brought along at once, and not long ago. */
const LATE_PAGES = 20;

/** The stretch that begins with a day or lies around a place, and how to read on from it both ways. */
export function useStretch(key: string, where: Whereabouts) {
  const [stretch, setStretch] = useState(EMPTY);
  const day = where.kind === "day" ? where.day : null;
  const place = where.kind === "place" ? where.place : null;
  const isThere = place !== null && stretch.timeline.entries.some((entry) => idOf(entry) === place.id);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read meanwhile is no reason to begin anew
  useEffect(() => {
    // The next one that was found is often near.
    if (isThere) return;
    let isOver = false;
    const take = (next: Stretch) => !isOver && setStretch(next);
    // Until it is there one sees what there was: the places that were found follow on each other.
    if (place === null || stretch.timeline.state === "failed") setStretch(EMPTY);
    const begin = async () => {
      if (place !== null) return take(await stretchAround(key, place));
      const found = await stretchFrom(key, momentOfDay(day ?? ""));
      take(found.hasNewer ? { ...found, late: await readLate(key, found.newest) } : found);
    };
    begin().catch(() => take({ ...EMPTY, timeline: { ...LOADING, state: "failed" } }));
    return () => {
      isOver = true;
    };
  }, [key, day, place?.id, attempt]);

  const older = async () => {
    const { timeline } = stretch;
    if (timeline.oldest === null || timeline.isComplete || timeline.older === "loading") return;
    setStretch((now) => ({ ...now, timeline: { ...now.timeline, older: "loading" } }));
    try {
      const { entries, ...page } = await fetchPage(key, `&before=${timeline.oldest}`);
      setStretch((now) => ({ ...now, timeline: withOlderPage(now.timeline, entries, page) }));
    } catch {
      setStretch((now) => ({ ...now, timeline: { ...now.timeline, older: "failed" } }));
    }
  };
  const newer = async () => {
    if (!stretch.hasNewer || stretch.newer === "loading") return;
    setStretch((now) => ({ ...now, newer: "loading" }));
    try {
      const { entries, isComplete, last } = await fetchPage(key, `&after=${stretch.newest}`);
      setStretch((now) => withNewerPage(now, entries, { isComplete, newest: last?.position ?? null }));
    } catch {
      setStretch((now) => ({ ...now, newer: "failed" }));
    }
  };
  // Around a place all stands as it was recorded: that is where the place was looked for.
  const shown = useMemo(() => (day === null ? stretch : withLate(stretch, momentOfDay(day))), [stretch, day]);
  return { stretch: shown, older, newer, again: () => setAttempt(attempt + 1) };
}

function momentOfDay(day: string): number {
  return new Date(`${day}T00:00:00`).getTime();
}

/** What was recorded after `newest` and happened before it was recorded, the newest pages of it. */
async function readLate(key: string, newest: number): Promise<readonly Entry[]> {
  let late: readonly Entry[] = [];
  let where = "";
  for (let page = 0; page < LATE_PAGES; page += 1) {
    const { entries, isComplete, oldest } = await fetchPage(key, where, LATE_SIZE);
    late = [...entries.filter((entry) => entry.position > newest && isLate(entry)), ...late];
    if (isComplete || oldest === null || oldest <= newest) break;
    where = `&before=${oldest}`;
  }
  return late;
}

/** As far as it was read, or from the day that was asked for, with all that was said in that time and nothing earlier. */
export function withLate(stretch: Stretch, from: number): Stretch {
  const { timeline, hasNewer, late } = stretch;
  const { entries } = timeline;
  const first = entries[0];
  if (first === undefined || !(late.length > 0 || entries.some(isLate))) return stretch;
  const known = new Set(entries.map(({ position }) => position));
  const reached = Date.parse(first.at);
  const begins = timeline.isComplete ? Number.NEGATIVE_INFINITY : Math.min(from, reached);
  const ends = hasNewer ? Date.parse(entries.at(-1)?.at ?? first.at) : Number.POSITIVE_INFINITY;
  const isEarlier = (entry: Entry) =>
    isLate(entry) && entry.kind !== "tracked" && Date.parse(momentOf(entry)) < begins;
  const more = late.filter((entry) => {
    const at = Date.parse(momentOf(entry));
    // What a program tells stands among the entries only, as `asHappened` has it.
    const since = entry.kind === "tracked" ? reached : begins;
    return !known.has(entry.position) && at >= since && at <= ends;
  });
  const shown = [...entries.filter((entry) => !isEarlier(entry)), ...more];
  return { ...stretch, timeline: { ...timeline, entries: shown } };
}

async function stretchFrom(key: string, day: number): Promise<Stretch> {
  const position = await positionSince(key, day);
  const where = position === null ? "" : `&after=${position - 1}`;
  const { entries, isComplete, last, oldest, position: covered } = await fetchPage(key, where);
  // Read onwards, the page says whether there is more after it; what is before it, the next question finds out.
  const timeline = withNewestPage(entries, {
    isComplete: position === null && isComplete,
    position: covered,
    oldest,
  });
  return {
    timeline,
    newest: last?.position ?? 0,
    hasNewer: position !== null && !isComplete,
    newer: "idle",
    late: [],
  };
}

/** Half a page before the place, and half after it. */
async function stretchAround(key: string, { position, at }: Place): Promise<Stretch> {
  const here = position ?? (await positionSince(key, Date.parse(at)));
  if (here === null) return stretchFrom(key, Date.parse(at));
  const [before, after] = await Promise.all([
    fetchPage(key, `&before=${here + 1}`, AROUND),
    fetchPage(key, `&after=${here}`, AROUND),
  ]);
  const { isComplete, position: covered, oldest } = before;
  return {
    timeline: withNewestPage([...before.entries, ...after.entries], {
      isComplete,
      position: covered,
      oldest,
    }),
    newest: after.last?.position ?? here,
    hasNewer: !after.isComplete,
    newer: "idle",
    late: [],
  };
}

async function positionSince(key: string, moment: number): Promise<number | null> {
  const mark = async (where: string) => (await fetchPage(key, where, 1)).last;
  const [first, last] = await Promise.all([mark("&after=0"), mark("")]);
  if (first === null || last === null) return null;
  return firstPositionSince(moment, { first, last }, (after) => mark(`&after=${after}`));
}

function withNewerPage(
  stretch: Stretch,
  page: readonly Entry[],
  { isComplete, newest }: { isComplete: boolean; newest: number | null },
): Stretch {
  const known = new Set(stretch.timeline.entries.map(({ position }) => position));
  const entries = [...stretch.timeline.entries, ...page.filter(({ position }) => !known.has(position))];
  return {
    ...stretch,
    timeline: { ...stretch.timeline, entries },
    newest: newest ?? stretch.newest,
    hasNewer: !isComplete,
    newer: "idle",
  };
}

export interface Mark {
  readonly position: number;
  readonly at: number;
}

interface Marks {
  readonly first: Mark;
  readonly last: Mark;
}

type FirstAfter = (position: number) => Promise<Mark | null>;

/**
 * Where the first entry since a moment stands; null when there is none. The API pages by position and not by time, and
 * both grow together: a guess by proportion, and every other time the middle, finds it in a few questions.
 */
export async function firstPositionSince(
  moment: number,
  { first, last }: Marks,
  firstAfter: FirstAfter,
): Promise<number | null> {
  if (first.at >= moment) return first.position;
  if (last.at < moment) return null;
  let [before, since] = [first, last];
  // Between `end` and `since` there is nothing.
  let end = since.position - 1;
  for (let probe = 0; end > before.position && probe < PROBES; probe += 1) {
    const share = probe % 2 === 0 ? (moment - before.at) / Math.max(1, since.at - before.at) : 0.5;
    const guess =
      before.position + Math.min(end - before.position - 1, Math.floor((end - before.position) * share));
    const found = await firstAfter(guess);
    if (found !== null && found.at < moment) before = found;
    else {
      if (found !== null && found.position < since.position) since = found;
      end = guess;
    }
  }
  return since.position;
}
