import type { AgentEvent } from "@kithdesk/api-client";
import { create } from "zustand";

import { api } from "../api/api.ts";
import { wordsFor } from "../api/errors.ts";
import { hearInbox } from "../live/inbox-topic.ts";
import { useLive } from "../live/live.ts";
import { onForget } from "../session/session.ts";
import { type Board, boardFrom } from "./board.ts";

/*
 * The board is read whole, and read again when the inbox tells of something that moves it: at once if nothing was read
 * for a second, else when that second is over, however much happens in it.
 */
const PATH = "/v1/insights/board";
const AT_MOST_EVERY_MS = 1_000;
/** What only the time changes: an hour's bars, what is foretold. */
const ANYWAY_AFTER_MS = 30_000;
/** Where no events come, because the connection is down, the server may still answer. */
const ALONE_AFTER_MS = 5_000;
const AGAIN_AFTER_MS = [1_000, 2_000, 5_000, 10_000, 30_000];
const MOVING = /^(work|conversation|sla|agent)\./u;

interface Read {
  readonly board: Board | null;
  /** Why it could not be read the last time. */
  readonly problem: string | null;
}

const NOTHING: Read = { board: null, problem: null };

export const useBoard = create<Read>(() => NOTHING);

onForget(() => useBoard.setState(NOTHING));

let again: () => void = () => undefined;

/** Whoever does not want to wait for the next try. */
export function readAgain(): void {
  again();
}

/** Keeps the board right until the returned function is called. */
export function followBoard(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = 0;
  let askedAt = 0;
  let isReading = false;
  let isOld = false;
  let failures = 0;
  const over = new AbortController();

  function plan(wait: number): void {
    const at = Math.max(Date.now() + wait, askedAt + AT_MOST_EVERY_MS);
    if (timer !== undefined && dueAt <= at) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(read, at - Date.now());
  }

  async function read(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    // Nobody looks; whoever comes back finds it read anew.
    if (isReading || document.visibilityState === "hidden") return;
    isReading = true;
    isOld = false;
    askedAt = Date.now();
    try {
      const { data } = await api.get(PATH, { signal: over.signal });
      useBoard.setState({ board: boardFrom(data), problem: null });
      failures = 0;
    } catch (error) {
      if (over.signal.aborted) return;
      useBoard.setState({ problem: wordsFor(error) });
      failures += 1;
    }
    isReading = false;
    plan(isOld ? 0 : pauseAfter(failures));
  }

  function news(): void {
    if (isReading) isOld = true;
    else if (failures === 0) plan(0);
  }

  function anew(): void {
    if (isReading) isOld = true;
    else plan(0);
  }

  const stops = [
    hearInbox((events: readonly AgentEvent[]) => {
      if (events.some(({ kind }) => MOVING.test(kind))) news();
    }),
    useLive.subscribe(anew),
  ];
  document.addEventListener("visibilitychange", anew);
  again = anew;
  void read();
  return () => {
    over.abort();
    clearTimeout(timer);
    for (const stop of stops) stop();
    document.removeEventListener("visibilitychange", anew);
    again = () => undefined;
  };
}

function pauseAfter(failures: number): number {
  if (failures > 0) return AGAIN_AFTER_MS[failures - 1] ?? ANYWAY_AFTER_MS;
  return useLive.getState().state === "online" ? ANYWAY_AFTER_MS : ALONE_AFTER_MS;
}
