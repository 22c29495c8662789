import { useEffect, useState } from "react";

import type { Entry } from "./entries.ts";
import { fetchPage } from "./follow.ts";
import { LOADING, type Timeline, withNewestPage, withOlderPage } from "./timeline.ts";

/** A stretch of a timeline around a day, open at both ends. What happens now does not move it. */
export interface Stretch {
  readonly timeline: Timeline;
  /** Everything up to here has been read. */
  readonly newest: number;
  readonly hasNewer: boolean;
  readonly newer: "idle" | "loading" | "failed";
}

const EMPTY: Stretch = { timeline: LOADING, newest: 0, hasNewer: false, newer: "idle" };
const PROBES = 64;

/** The stretch that begins with `day`, and how to read on from it both ways. */
export function useStretch(key: string, day: string) {
  const [stretch, setStretch] = useState(EMPTY);
  useEffect(() => {
    let isOver = false;
    const take = (next: Stretch) => !isOver && setStretch(next);
    setStretch(EMPTY);
    stretchFrom(key, new Date(`${day}T00:00:00`)).then(take, () =>
      take({ ...EMPTY, timeline: { ...LOADING, state: "failed" } }),
    );
    return () => {
      isOver = true;
    };
  }, [key, day]);

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
  return { stretch, older, newer };
}

async function stretchFrom(key: string, day: Date): Promise<Stretch> {
  const position = await positionSince(key, day.getTime());
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
