import { useEffect, useMemo, useState } from "react";

import { api } from "../api/api.ts";
import { numberOrNull } from "../desk/reading.ts";
import {
  type Answer,
  ASKED,
  NO_ANSWER,
  type Place,
  placeFrom,
  together,
  totalOf,
  writtenIn,
} from "./places.ts";
import { type View, wordsOf } from "./view.ts";

/** As long as somebody types on. */
const PAUSE_MS = 140;
const PAGE_SIZE = 100;

/** What was found in a timeline, newest first, and which of it one is looking at. */
export interface Finding {
  /** `idle`: nothing is looked for. `looking`: more may come than what is loaded here has. */
  readonly state: "idle" | "looking" | "ready" | "failed";
  readonly total: number;
  readonly isCapped: boolean;
  /** Of these the server has no words: only what is loaded was looked through. */
  readonly isOfLoaded: boolean;
  /** Null before the first step, and after leaving. */
  readonly current: Place | null;
  /** Which of all it is, from 1. */
  readonly number: number;
  /** Words to mark: those that were typed, and their forms where they were found. */
  readonly marks: readonly string[];
  /** To the next one back in time; from the oldest, to the newest again. */
  readonly older: () => void;
  readonly newer: () => void;
  readonly again: () => void;
  /** Back to where one was. */
  readonly leave: () => void;
}

interface Asking {
  /** What the rest of it is about. */
  readonly asked: string;
  readonly answer: Answer;
  readonly state: "looking" | "ready" | "failed";
  readonly page: number;
  readonly attempt: number;
  readonly current: Place | null;
  /** Somebody pressed on before there was anything, or before the next page of it was there. */
  readonly isAwaited: boolean;
}

/**
 * Finds words in the whole timeline of a customer. What is loaded is found at once, `among` it; the server is asked for
 * the rest a moment after somebody typed, and an answer that is overtaken is not waited for.
 */
export function useFinding(customer: string, { query, filter }: View, among: readonly Place[]): Finding {
  const typed = query.trim();
  const asked = `${customer} ${filter} ${typed}`;
  const [kept, setKept] = useState(() => begun(asked));
  const asking = kept.asked === asked ? kept : begun(asked);
  const change = (next: (now: Asking) => Partial<Asking>) =>
    setKept((now) => {
      const current = now.asked === asked ? now : begun(asked);
      return { ...current, ...next(current) };
    });
  const { page, attempt, answer, current } = asking;
  const kinds = ASKED[filter];
  // biome-ignore lint/correctness/useExhaustiveDependencies: `change` is of the same words, and an attempt asks again
  useEffect(() => {
    if (typed === "") return;
    if (kinds === null) {
      change(() => ({ state: "ready" }));
      return;
    }
    const over = new AbortController();
    const ask = () =>
      search(customer, typed, kinds, page, over.signal).then(
        (found) =>
          over.signal.aborted || change((now) => ({ state: "ready", answer: withPage(now.answer, found) })),
        () => over.signal.aborted || change(() => ({ state: "failed", isAwaited: false })),
      );
    const timer = setTimeout(ask, page === 1 ? PAUSE_MS : 0);
    return () => {
      over.abort();
      clearTimeout(timer);
    };
  }, [customer, typed, kinds, page, attempt]);

  const all = useMemo(() => together(answer, among), [answer, among]);
  const at = current === null ? -1 : all.findIndex(({ id }) => id === current.id);
  const hasMore = asking.state === "ready" && answer.places.length < answer.total;
  const older = () => {
    const next = all[at + 1];
    if (next !== undefined) change(() => ({ current: next, isAwaited: false }));
    else if (asking.state === "looking") change(() => ({ isAwaited: true }));
    else if (hasMore) change((now) => ({ page: now.page + 1, state: "looking", isAwaited: true }));
    else change(() => ({ current: all[0] ?? null, isAwaited: false }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is awaited is gone on to
  useEffect(() => {
    if (asking.isAwaited && asking.state === "ready") older();
  }, [asking.isAwaited, asking.state, all]);
  const marks = useMemo(
    () => (typed === "" ? [] : [...new Set([...wordsOf(typed), ...answer.written])]),
    [typed, answer],
  );
  return {
    state: typed === "" ? "idle" : asking.state,
    total: totalOf(answer, among, all),
    isCapped: answer.isCapped,
    isOfLoaded: kinds === null,
    current: typed === "" ? null : current,
    number: at + 1,
    marks,
    older,
    newer: () => change(() => ({ current: all[at <= 0 ? all.length - 1 : at - 1] ?? null })),
    again: () => change((now) => ({ state: "looking", attempt: now.attempt + 1 })),
    leave: () => change(() => ({ current: null, isAwaited: false })),
  };
}

function begun(asked: string): Asking {
  return { asked, answer: NO_ANSWER, state: "looking", page: 1, attempt: 0, current: null, isAwaited: false };
}

async function search(
  customer: string,
  query: string,
  kinds: string,
  page: number,
  signal: AbortSignal,
): Promise<Answer> {
  const asked = new URLSearchParams({ q: query, customer, sort: "-at" });
  const { data, meta } = await api.list(`/v1/search?${asked}${kinds}&page=${page}&pageSize=${PAGE_SIZE}`, {
    signal,
  });
  return {
    places: data.map(placeFrom),
    total: numberOrNull(meta.total) ?? data.length,
    isCapped: meta.isCapped === true,
    written: writtenIn(data),
  };
}

/** Something new may have moved the rest along. */
function withPage(before: Answer, { places, written, ...counts }: Answer): Answer {
  const known = new Set(before.places.map(({ id }) => id));
  return {
    ...counts,
    places: [...before.places, ...places.filter(({ id }) => !known.has(id))],
    written: [...new Set([...before.written, ...written])],
  };
}
