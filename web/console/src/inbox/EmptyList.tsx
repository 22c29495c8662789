import { words as agentWords } from "../agents/en.ts";
import { setMyStatus } from "../agents/presence.ts";
import type { ListName } from "../desk/lists.ts";
import { useDesk } from "../desk/store.ts";
import { words } from "./en.ts";

/** What will appear here, and what to do so that it does. */
export function EmptyList({ list }: { list: ListName }) {
  // To one who is offline the column says it, whatever is in the list.
  const isAway = useDesk((desk) => ["busy", "unavailable"].includes(desk.agents.get(desk.me)?.status ?? ""));
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
