import { words as agentWords } from "../agents/en.ts";
import { setMyStatus } from "../agents/presence.ts";
import type { ListName } from "../desk/lists.ts";
import { useDesk } from "../desk/store.ts";
import type { Agent } from "../desk/types.ts";
import { words } from "./en.ts";

/** What will appear here, and what to do so that it does. */
export function EmptyList({ list }: { list: ListName }) {
  const isAway = useDesk((desk) => hasChosenToBeAway(desk.agents.get(desk.me)));
  const { title, text } = words.empty[list];
  return (
    <div className="empty">
      <p className="empty__title">{title}</p>
      <p className="empty__text">{text}</p>
      {list === "mine" && isAway && (
        <>
          <p className="empty__text">{words.makeAvailable}</p>
          <button type="button" className="button" onClick={() => void setMyStatus("available", null)}>
            {agentWords.goAvailable}
          </button>
        </>
      )}
    </div>
  );
}

/** To one who is offline, or who missed an offer, the column says it, whatever is in the list. */
function hasChosenToBeAway(agent: Agent | undefined): boolean {
  if (agent === undefined || agent.reason === "missed_offer") return false;
  return agent.status === "busy" || agent.status === "unavailable";
}
