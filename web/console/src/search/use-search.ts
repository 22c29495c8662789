import { useEffect, useReducer, useState } from "react";

import { isNotFound, wordsFor } from "../api/errors.ts";
import type { Search as Route } from "../navigation/route.ts";
import { words as said } from "./en.ts";
import { type Found, type Hit, searchFor } from "./search.ts";

/** As long as somebody types on. */
const PAUSE_MS = 140;
const SLOW_AFTER_MS = 1_500;

export interface Searching {
  /** What the hits are of: while the next answer is on its way they are still those of the words before. */
  readonly query: string;
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly isCapped: boolean;
  readonly state: "idle" | "searching" | "ready" | "failed";
  readonly isSlow: boolean;
  readonly problem: string | null;
}

const IDLE: Searching = {
  query: "",
  hits: [],
  total: 0,
  isCapped: false,
  state: "idle",
  isSlow: false,
  problem: null,
};

type Told =
  | { readonly kind: "emptied" }
  | { readonly kind: "asked" }
  | { readonly kind: "slow" }
  | { readonly kind: "found"; readonly query: string; readonly page: number; readonly found: Found }
  | { readonly kind: "failed"; readonly problem: string };

export function searching(before: Searching, told: Told): Searching {
  switch (told.kind) {
    case "emptied":
      return IDLE;
    case "asked":
      return { ...before, state: "searching", isSlow: false, problem: null };
    case "slow":
      return before.state === "searching" ? { ...before, isSlow: true } : before;
    case "failed":
      return { ...before, state: "failed", isSlow: false, problem: told.problem };
    case "found": {
      const { hits, total, isCapped } = told.found;
      return {
        query: told.query,
        hits: told.page === 1 ? hits : withMore(before.hits, hits),
        total,
        isCapped,
        state: "ready",
        isSlow: false,
        problem: null,
      };
    }
  }
}

/** Something new may have moved the rest along. */
function withMore(before: readonly Hit[], more: readonly Hit[]): readonly Hit[] {
  const known = new Set(before.map(({ kind, id }) => `${kind} ${id}`));
  return [...before, ...more.filter(({ kind, id }) => !known.has(`${kind} ${id}`))];
}

export interface Search extends Searching {
  readonly more: () => void;
  readonly again: () => void;
}

/** Looks for the words a moment after they were typed; an answer that is overtaken is not waited for. */
export function useSearch(
  { query, kind, customer }: Pick<Route, "query" | "kind" | "customer">,
  pageSize: number,
): Search {
  const [state, tell] = useReducer(searching, IDLE);
  const words = query.trim();
  const asked = `${kind} ${customer} ${words}`;
  const [turn, setTurn] = useState({ asked, page: 1, attempt: 0 });
  const page = turn.asked === asked ? turn.page : 1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    if (words === "") {
      tell({ kind: "emptied" });
      return;
    }
    tell({ kind: "asked" });
    const over = new AbortController();
    const slow = setTimeout(() => tell({ kind: "slow" }), SLOW_AFTER_MS);
    const timer = setTimeout(
      () => {
        searchFor({ query: words, kind, customer, page, pageSize }, over.signal)
          .then((found) => !over.signal.aborted && tell({ kind: "found", query: words, page, found }))
          .catch((error: unknown) => {
            if (!over.signal.aborted) tell({ kind: "failed", problem: problemIn(error, customer) });
          });
      },
      page === 1 ? PAUSE_MS : 0,
    );
    return () => {
      over.abort();
      clearTimeout(timer);
      clearTimeout(slow);
    };
  }, [words, kind, customer, page, pageSize, turn.attempt]);
  return {
    ...state,
    more: () => setTurn({ asked, page: page + 1, attempt: 0 }),
    again: () => setTurn(({ attempt }) => ({ asked, page, attempt: attempt + 1 })),
  };
}

function problemIn(error: unknown, customer: string | null): string {
  return customer !== null && isNotFound(error) ? said.customerGone : wordsFor(error);
}
