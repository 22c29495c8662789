import { useEffect } from "react";

import { hearInbox } from "../../live/inbox-topic.ts";

const AT_MOST_EVERY_MS = 3_000;
/** What changes with every conversation, and what no event tells: waits, members of teams. */
const ANYWAY_EVERY_MS = 15_000;
const MOVING = /^agent\./u;

/** Asks again soon after an agent came, left or works as another team, and every now and then anyway. */
export function useFollowing(reload: () => void): void {
  useEffect(() => {
    let soon: ReturnType<typeof setTimeout> | undefined;
    const stop = hearInbox((events) => {
      if (soon !== undefined || !events.some(({ kind }) => MOVING.test(kind))) return;
      soon = setTimeout(() => {
        soon = undefined;
        reload();
      }, AT_MOST_EVERY_MS);
    });
    const timer = setInterval(() => {
      if (document.visibilityState !== "hidden") reload();
    }, ANYWAY_EVERY_MS);
    return () => {
      stop();
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [reload]);
}
