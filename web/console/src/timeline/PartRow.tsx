import { ArrowRight } from "lucide-react";

import { words as conversationWords } from "../conversation/en.ts";
import { useDesk } from "../desk/store.ts";
import { openConversation } from "../navigation/navigation.ts";
import { words } from "./en.ts";

/** Where another conversation goes on, in the timeline of everything; a press goes to it. */
export function PartRow({ id, open }: { id: string; open: string | null }) {
  const conversation = useDesk((desk) => desk.conversations.get(id));
  if (id === open) return <li className="part part--open">{words.partThis}</li>;
  const name = conversation?.name ?? (open === null ? words.aPart : words.part)(conversation?.channel ?? "");
  return (
    <li className="part">
      <button
        type="button"
        className="part__open"
        title={words.openPart(name)}
        onClick={() => openConversation(id)}
      >
        <bdi>{name}</bdi>
        {conversation !== undefined && (
          <span className="part__status">{conversationWords.status[conversation.status]}</span>
        )}
        <ArrowRight className="part__arrow" size={13} aria-hidden="true" />
      </button>
    </li>
  );
}
