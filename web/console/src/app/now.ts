import { useSyncExternalStore } from "react";

/** The time that relative times are counted from; the screen moves on every half minute. */
const TICK_MS = 30_000;

let now = new Date().toISOString();
const listeners = new Set<() => void>();

setInterval(() => {
  now = new Date().toISOString();
  for (const listener of listeners) listener();
}, TICK_MS);

export function useNow(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => now,
  );
}
