import { useEffect } from "react";

import { hearInbox } from "../../live/inbox-topic.ts";

const AT_MOST_EVERY_MS = 3_000;
const PLACES = /^(?:agent|team|queue)\.|^routing\.settings_changed$/u;
const WORK = /^conversation\.(?:opened|assigned|updated|ended)$/u;

/**
 * Asks again soon after an agent came or left, or a team, a queue or how work is given was changed; and with `work`
 * after work came, moved or went too. Nobody asks while nobody looks.
 */
export function useFollowing(reload: () => void, { work = false } = {}): void {
  useEffect(() => {
    let soon: ReturnType<typeof setTimeout> | undefined;
    let isBehind = false;
    const ask = () => {
      soon = undefined;
      isBehind = document.visibilityState === "hidden";
      if (!isBehind) reload();
    };
    const stop = hearInbox((events, isAnew) => {
      const isMoved = events.some(({ kind }) => PLACES.test(kind) || (work && WORK.test(kind)));
      if (isMoved || isAnew) soon ??= setTimeout(ask, AT_MOST_EVERY_MS);
    });
    const look = () => {
      if (isBehind) ask();
    };
    document.addEventListener("visibilitychange", look);
    return () => {
      stop();
      clearTimeout(soon);
      document.removeEventListener("visibilitychange", look);
    };
  }, [reload, work]);
}
