import { useEffect } from "react";

import { hearInbox } from "../../live/inbox-topic.ts";

const AT_MOST_EVERY_MS = 2_000;
/** What no event tells: members of teams, waits that grow, an event that was lost. */
const ANYWAY_EVERY_MS = 15_000;
const MOVING = /^(agent|work)\.|^conversation\.(opened|assigned|updated)$/u;

/** Asks again soon after something has happened that may have moved it, and every now and then anyway. */
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
