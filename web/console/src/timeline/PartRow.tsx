import { useDesk } from "../desk/store.ts";
import { openConversation } from "../navigation/navigation.ts";
import { words } from "./en.ts";

/** Where another conversation goes on, in the timeline of everything; a press opens it. */
export function PartRow({ id, isOpen }: { id: string; isOpen: boolean }) {
  const conversation = useDesk((desk) => desk.conversations.get(id));
  if (isOpen) return <li className="part part--open">{words.partThis}</li>;
  return (
    <li className="part">
      <button type="button" className="part__open" onClick={() => openConversation(id)}>
        <bdi>{conversation?.name ?? words.part(conversation?.channel ?? "")}</bdi>
        <span className="part__word">{words.openPart}</span>
      </button>
    </li>
  );
}
