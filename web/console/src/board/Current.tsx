import { clockTime } from "@kithdesk/ui";
import { Radio, WifiOff } from "lucide-react";

import { useLive } from "../live/live.ts";
import { words } from "./en.ts";
import { readAgain, useBoard } from "./follow.ts";

/** Whether the figures follow what happens; if not, of when they are, and the way to try again. */
export function Current() {
  const { board, problem } = useBoard();
  const isOnline = useLive(({ state }) => state === "online");
  if (board === null) return null;
  const isCurrent = isOnline && problem === null;
  return (
    <p className={`board-current ${isCurrent ? "" : "board-current--old"}`} role="status">
      {isCurrent ? <Radio size={14} aria-hidden="true" /> : <WifiOff size={14} aria-hidden="true" />}
      {isCurrent ? words.live : words.notCurrent(clockTime(board.at))}
      {!isCurrent && (
        <button type="button" className="text-button" onClick={readAgain}>
          {words.tryAgain}
        </button>
      )}
    </p>
  );
}
