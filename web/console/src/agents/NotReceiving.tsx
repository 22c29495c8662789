import { useDesk } from "../desk/store.ts";
import { useLive } from "../live/live.ts";
import { words } from "./en.ts";
import { setMyStatus } from "./presence.ts";
import { StatusDot } from "./StatusDot.tsx";

/**
 * To be here is not to be at work: whoever has just signed in, or was cut off for too long, gets nothing until they say
 * so. This says it to them, with the way out.
 */
export function NotReceiving() {
  const isOnline = useLive(({ state }) => state === "online");
  const mine = useDesk((desk) => desk.agents.get(desk.me));
  if (!isOnline || (mine !== undefined && mine.status !== "offline")) return null;
  return (
    <div className="not-receiving" role="status">
      <StatusDot status="offline" />
      <p className="not-receiving__words">
        {mine?.reason === "connection_lost" ? words.wasCutOff : words.notReceiving}
      </p>
      <button
        type="button"
        className="button not-receiving__end"
        onClick={() => void setMyStatus("available", null)}
      >
        {words.goAvailable}
      </button>
    </div>
  );
}
