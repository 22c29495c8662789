import { useSyncExternalStore } from "react";

import { onClockSet, serverNow } from "../api/clock.ts";

/** The time that relative times are counted from; the screen moves on every half minute. */
const TICK_MS = 30_000;

let now = new Date(serverNow()).toISOString();
const listeners = new Set<() => void>();

function tick(): void {
  now = new Date(serverNow()).toISOString();
  for (const listener of listeners) listener();
}

setInterval(tick, TICK_MS);
onClockSet(tick);

export function useNow(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => now,
  );
}

const SECOND_MS = 1_000;
const watchers = new Set<() => void>();
let seconds: ReturnType<typeof setInterval> | undefined;

/** Words that follow the clock to the second, by one timer for all of them: drawn again only when they change. */
export function useNowIn<Said extends string | null>(say: (now: number) => Said): Said {
  return useSyncExternalStore(watchSeconds, () => say(serverNow()));
}

function watchSeconds(watcher: () => void): () => void {
  watchers.add(watcher);
  seconds ??= setInterval(() => {
    for (const one of watchers) one();
  }, SECOND_MS);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(seconds);
    seconds = undefined;
  };
}
