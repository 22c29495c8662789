import { useEffect, useRef } from "react";

import { useLive } from "./live.ts";

/** What could not be had while the server was away is asked for again when it is back. */
export function useAgainWhenOnline(hasFailed: boolean, again: () => void): void {
  const latest = useRef(again);
  useEffect(() => {
    latest.current = again;
  });
  useEffect(() => {
    if (!hasFailed) return;
    return useLive.subscribe((now, before) => {
      if (now.state === "online" && before.state !== "online") latest.current();
    });
  }, [hasFailed]);
}

const TRY_AGAIN_AFTER_MS = 10_000;

/** The same where there is no live connection yet: whoever comes back to a page that was left open finds it loaded. */
export function useTryingAgain(hasFailed: boolean, again: () => Promise<unknown>): void {
  const latest = useRef(again);
  useEffect(() => {
    latest.current = again;
  });
  useEffect(() => {
    if (!hasFailed) return;
    let timer: ReturnType<typeof setTimeout>;
    let isTrying = false;
    let isOver = false;
    const wait = () => {
      isTrying = false;
      if (!isOver) timer = setTimeout(attempt, TRY_AGAIN_AFTER_MS);
    };
    const attempt = () => {
      if (isTrying) return;
      isTrying = true;
      clearTimeout(timer);
      latest.current().then(wait, wait);
    };
    wait();
    addEventListener("online", attempt);
    return () => {
      isOver = true;
      clearTimeout(timer);
      removeEventListener("online", attempt);
    };
  }, [hasFailed]);
}
