import { setMyStatus } from "../agents/presence.ts";
import { isWithoutConversations } from "../desk/desk.ts";
import type { ListName } from "../desk/lists.ts";
import { useDesk } from "../desk/store.ts";
import { words } from "./en.ts";

/** What will appear here, and what to do so that it does. */
export function EmptyList({ list }: { list: ListName }) {
  const isAvailable = useDesk((desk) => desk.agents.get(desk.me)?.status === "available");
  // The first screen of an organisation says this itself.
  const isFirstScreen = useDesk(isWithoutConversations);
  const { title, text } = words.empty[list];
  return (
    <div className="empty">
      <p className="empty__title">{title}</p>
      <p className="empty__text">{text}</p>
      {list === "mine" && !isAvailable && !isFirstScreen && (
        <>
          <p className="empty__text">{words.makeAvailable}</p>
          <button type="button" className="button" onClick={() => void setMyStatus("available", null)}>
            {words.makeAvailableAction}
          </button>
        </>
      )}
    </div>
  );
}
