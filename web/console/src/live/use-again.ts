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
