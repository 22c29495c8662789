import { useCallback, useEffect, useState } from "react";

import { wordsFor } from "../api/errors.ts";

interface Identified {
  readonly id: string;
}

/** One page of a list, and how long the whole is. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

interface Asked {
  readonly page: number;
  readonly attempt: number;
  /** Whether the first page alone is to be as it is by now. */
  readonly keepsRest: boolean;
}

const FIRST: Asked = { page: 1, attempt: 0, keepsRest: false };

/** A long list, as far as somebody has asked for it. `load` must stay the same function, as a module's does. */
export function usePages<Item extends Identified>(
  load: (page: number) => Promise<ListPage<Item>>,
  pageSize: number,
) {
  const [shown, setShown] = useState<ListPage<Item> | null>(null);
  const [asked, setAsked] = useState(FIRST);
  const [isBusy, setBusy] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let isOver = false;
    setBusy(true);
    setProblem(null);
    load(asked.page)
      .then(
        ({ items, total }) => {
          if (isOver) return;
          setShown((before) => ({ items: together(asked, before?.items ?? [], items, pageSize), total }));
        },
        (error: unknown) => !isOver && setProblem(wordsFor(error)),
      )
      .finally(() => !isOver && setBusy(false));
    return () => {
      isOver = true;
    };
  }, [load, asked, pageSize]);
  const begin = useCallback(
    (keepsRest: boolean) => setAsked(({ attempt }) => ({ page: 1, attempt: attempt + 1, keepsRest })),
    [],
  );
  const count = shown?.items.length ?? 0;
  return {
    items: shown?.items ?? null,
    /** Whether the list goes on beyond what is shown. */
    hasMore: shown !== null && count < shown.total,
    isBusy,
    problem,
    /** From the beginning. */
    reload: useCallback(() => begin(false), [begin]),
    /** What is at the beginning, for whoever looks on. */
    refresh: useCallback(() => begin(true), [begin]),
    again: () => setAsked((before) => ({ ...before, attempt: before.attempt + 1 })),
    /** What was taken out since has moved the rest along: the page that begins before the end of what is shown. */
    more: () =>
      setAsked(({ attempt }) => ({
        page: Math.floor(count / pageSize) + 1,
        attempt: attempt + 1,
        keepsRest: false,
      })),
    drop: (id: string) =>
      setShown(
        (before) =>
          before && { items: before.items.filter((item) => item.id !== id), total: before.total - 1 },
      ),
    putBack: (item: Item, place: number) =>
      setShown(
        (before) =>
          before && {
            items: [...before.items.slice(0, place), item, ...before.items.slice(place)],
            total: before.total + 1,
          },
      ),
  };
}

function together<Item extends Identified>(
  { page, keepsRest }: Asked,
  before: readonly Item[],
  items: readonly Item[],
  pageSize: number,
): readonly Item[] {
  if (page > 1) return joined(before, items);
  return keepsRest ? joined(items, before.slice(pageSize)) : items;
}

function joined<Item extends Identified>(before: readonly Item[], more: readonly Item[]): readonly Item[] {
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...more.filter(({ id }) => !known.has(id))];
}
