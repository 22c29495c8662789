import { useDesk } from "../desk/store.ts";
import { useLive } from "../live/live.ts";
import { words } from "./en.ts";
import { goAvailable } from "./presence.ts";
import { StatusDot } from "./StatusDot.tsx";

/**
 * To be here is not to be at work: whoever has just signed in, was cut off for too long, or let an offer pass, gets
 * nothing until they say so. This says it to them, with the way out.
 */
export function NotReceiving() {
  const isOnline = useLive(({ state }) => state === "online");
  const mine = useDesk((desk) => desk.agents.get(desk.me));
  const hasMissed = mine?.status === "unavailable" && mine.reason === "missed_offer";
  if (!isOnline || (mine !== undefined && mine.status !== "offline" && !hasMissed)) return null;
  return (
    <div className="not-receiving" role="status">
      <StatusDot status={hasMissed ? "unavailable" : "offline"} />
      <p className="not-receiving__words">{whyNot(mine?.reason)}</p>
      <button type="button" className="button not-receiving__end" onClick={goAvailable}>
        {words.goAvailable}
      </button>
    </div>
  );
}

function whyNot(reason: string | null | undefined): string {
  if (reason === "missed_offer") return words.missedOffer;
  return reason === "connection_lost" ? words.wasCutOff : words.notReceiving;
}
