import { Refused } from "@kithdesk/api-client";
import { useCallback, useEffect, useRef, useState } from "react";

import { type Answer, api } from "../api/api.ts";
import { confirm } from "../desk/desk.ts";
import { conversationFromResource, numberOrNull, type Resource } from "../desk/reading.ts";
import { changeDesk, currentDesk, subscribeToDesk } from "../desk/store.ts";
import { type InTurn, inTurn } from "../live/in-turn.ts";
import type { View } from "./views.ts";

const PAGE_SIZE = 50;
const LARGEST_PAGE = 500;
/** Further down nobody scrolls; a view that is so long wants another condition. */
export const MOST_ROWS = 2_000;
/** Events move what is in a view, and only the server knows how: not for every event. */
const AGAIN_AFTER_MS = 2_000;

export interface Rows {
  readonly records: readonly Resource[];
  readonly total: number;
  /** `senseless`: it asks for what is not there any more, or what whoever looks may not ask for. */
  readonly state: "loading" | "ready" | "failed" | "senseless";
}

interface ViewRows extends Rows {
  readonly more: () => void;
  readonly again: () => void;
}

/** What a view finds, asked for anew while things happen. The desk keeps conversations, as those of any list. */
export function useRows({ context, query }: Pick<View, "context" | "query">): ViewRows {
  const [rows, setRows] = useState<Rows>({ records: [], total: 0, state: "loading" });
  const [wanted, setWanted] = useState(PAGE_SIZE);
  const asking = useRef<InTurn | null>(null);
  useEffect(() => {
    let isTaking = false;
    const question = inTurn(async (signal) => {
      try {
        const pages = await fetchPages(context, query, wanted, signal);
        if (signal.aborted) return;
        // What we bring to the desk ourselves is no news.
        isTaking = true;
        if (context === "conversation") giveToDesk(pages);
        isTaking = false;
        setRows(rowsOf(pages));
      } catch (error) {
        if (!signal.aborted) setRows((before) => failed(before, error));
      }
    }, AGAIN_AFTER_MS);
    asking.current = question;
    question.now();
    const stop = onNews(() => isTaking, question.soon);
    return () => {
      stop();
      question.stop();
    };
  }, [context, query, wanted]);
  const again = useCallback(() => asking.current?.now(), []);
  const more = useCallback(() => setWanted((before) => Math.min(MOST_ROWS, nextSize(before))), []);
  return { ...rows, more, again };
}

/** How much matches: for the one who is still describing it. */
export async function countMatches(
  context: View["context"],
  query: View["query"],
  signal: AbortSignal,
): Promise<number> {
  const { meta } = await search(context, query, 1, 1, signal);
  return numberOrNull(meta.total) ?? 0;
}

function failed(before: Rows, error: unknown): Rows {
  const isSenseless = error instanceof Refused && error.code === "bad_criterion";
  return isSenseless ? { records: [], total: 0, state: "senseless" } : { ...before, state: "failed" };
}

type Page = Answer<readonly Resource[]>;

function giveToDesk(pages: readonly Page[]): void {
  changeDesk((desk) => {
    for (const { data, position } of pages)
      for (const resource of data) confirm(desk, conversationFromResource(resource, position));
  });
}

function rowsOf(pages: readonly Page[]): Rows {
  // Something that happens between two pages moves rows from one to the other.
  const records = new Map(pages.flatMap(({ data }) => data.map((resource) => [resource.id, resource])));
  const total = numberOrNull(pages[0]?.meta.total) ?? records.size;
  return { records: [...records.values()], total, state: "ready" };
}

/** A page more, and in whole pages of the largest size where one answer does not hold them. */
function nextSize(wanted: number): number {
  return wanted < LARGEST_PAGE ? wanted + PAGE_SIZE : wanted + LARGEST_PAGE;
}

function fetchPages(
  context: View["context"],
  query: View["query"],
  wanted: number,
  signal: AbortSignal,
): Promise<Page[]> {
  const size = Math.min(wanted, LARGEST_PAGE);
  const numbers = Array.from({ length: Math.ceil(wanted / size) }, (_, index) => index + 1);
  return Promise.all(numbers.map((number) => search(context, query, number, size, signal)));
}

function search(
  context: View["context"],
  query: View["query"],
  page: number,
  pageSize: number,
  signal: AbortSignal,
): Promise<Page> {
  const sort = [{ [`${context}_updated_at`]: "desc" }];
  const path = `/v1/${context}s/search?page=${page}&pageSize=${pageSize}`;
  const body = { sort, ...query, queryContext: context };
  return api.post<readonly Resource[]>(path, body, { signal });
}

/** When something happens on the desk that is not our doing. */
function onNews(isOurs: () => boolean, act: () => void): () => void {
  let seen = currentDesk().version;
  return subscribeToDesk(({ version }) => {
    const isNew = version !== seen && !isOurs();
    seen = version;
    if (isNew) act();
  });
}
