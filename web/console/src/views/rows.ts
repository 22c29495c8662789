import { useCallback, useEffect, useRef, useState } from "react";

import { api } from "../api/api.ts";
import { confirm } from "../desk/desk.ts";
import { conversationFromResource, numberOrNull, type Resource } from "../desk/reading.ts";
import { changeDesk, currentDesk, subscribeToDesk } from "../desk/store.ts";
import type { Conversation } from "../desk/types.ts";
import type { View } from "./views.ts";

const PAGE_SIZE = 50;
const LARGEST_PAGE = 500;
/** Events move what is in a view, and only the server knows how: not for every event. */
const AGAIN_AFTER_MS = 2_000;
const NEWEST_FIRST = [{ conversation_updated_at: "desc" }];

export interface Rows {
  readonly ids: readonly string[];
  readonly total: number;
  readonly state: "loading" | "ready" | "failed";
}

interface ViewRows extends Rows {
  readonly more: () => void;
  readonly again: () => void;
}

/** The conversations of a view, asked for anew while things happen. The desk keeps their records, as of any list. */
export function useRows(query: View["query"]): ViewRows {
  const [rows, setRows] = useState<Rows>({ ids: [], total: 0, state: "loading" });
  const [wanted, setWanted] = useState(PAGE_SIZE);
  const [turn, setTurn] = useState(0);
  const isTaking = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(() => {
    let isOver = false;
    fetchRows(query, wanted).then(
      ({ records, ...found }) => {
        if (isOver) return;
        // What we bring to the desk ourselves is no news.
        isTaking.current = true;
        changeDesk((desk) => {
          for (const record of records) confirm(desk, record);
        });
        isTaking.current = false;
        setRows(found);
      },
      () => !isOver && setRows((before) => ({ ...before, state: "failed" })),
    );
    return () => {
      isOver = true;
    };
  }, [query, wanted, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => onNews(() => isTaking.current, again), [again]);
  const more = useCallback(() => setWanted((before) => Math.min(LARGEST_PAGE, before + PAGE_SIZE)), []);
  return { ...rows, more, again };
}

/** How many conversations match: for the one who is still describing them. */
export async function countMatches(query: View["query"], signal: AbortSignal): Promise<number> {
  const { meta } = await search(query, 1, signal);
  return numberOrNull(meta.total) ?? 0;
}

async function fetchRows(query: View["query"], wanted: number): Promise<Rows & { records: Conversation[] }> {
  const { data, meta, position } = await search(query, wanted);
  const records = data.map((resource) => conversationFromResource(resource, position));
  const ids = records.map(({ id }) => id);
  return { records, ids, total: numberOrNull(meta.total) ?? ids.length, state: "ready" };
}

function search(query: View["query"], pageSize: number, signal?: AbortSignal) {
  const body = { sort: NEWEST_FIRST, ...query, queryContext: "conversation" };
  const path = `/v1/conversations/search?page=1&pageSize=${pageSize}`;
  return api.post<readonly Resource[]>(path, body, signal === undefined ? {} : { signal });
}

/** Some time after something happened on the desk; much that happens is one time. */
function onNews(isOurs: () => boolean, act: () => void): () => void {
  let seen = currentDesk().version;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = subscribeToDesk(({ version }) => {
    const isNew = version !== seen && !isOurs();
    seen = version;
    if (!isNew || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      act();
    }, AGAIN_AFTER_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
