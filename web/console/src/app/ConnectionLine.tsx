import { WifiOff } from "lucide-react";
import { useEffect, useState } from "react";

import { reconnect, useLive } from "../live/live.ts";
import { words } from "./en.ts";

/** A lost second is not worth a word. */
const QUIET_MS = 2_000;

/** Says when the connection is gone, that nothing is lost with it, and how to have it back sooner. */
export function ConnectionLine() {
  const state = useLive((live) => live.state);
  const [isLong, setLong] = useState(false);
  const isOnline = state === "online";
  useEffect(() => {
    setLong(false);
    if (isOnline) return;
    const timer = setTimeout(() => setLong(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, [isOnline]);
  return (
    <div className="desk__line" role="status">
      {isLong && !isOnline && (
        <p className="connection">
          <WifiOff size={14} aria-hidden="true" />
          {state === "refused" ? words.refused : words.reconnecting}
          {state === "offline" && (
            <button type="button" className="text-button connection__again" onClick={reconnect}>
              {words.tryNow}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
