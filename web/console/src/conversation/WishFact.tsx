import { Star } from "lucide-react";

import { openOverlay } from "../app/overlay.ts";
import { useDesk } from "../desk/store.ts";
import type { Conversation } from "../desk/types.ts";
import { words } from "./en.ts";
import { hasWishes, useSkillNames } from "./wishes.ts";

/** Whom somebody wished for, and which skills; nothing where nobody did, as in most conversations. */
export function WishFact({ conversation }: { conversation: Conversation }) {
  return hasWishes(conversation) ? <Wishes conversation={conversation} /> : null;
}

function Wishes({ conversation: { preferredUser, skills } }: { conversation: Conversation }) {
  const agent = useDesk((desk) =>
    preferredUser === null ? null : desk.agents.get(preferredUser)?.displayName,
  );
  const skillName = useSkillNames(skills);
  const names = [...(preferredUser === null ? [] : [agent ?? ""]), ...skills.map(skillName)];
  const said = names.filter((name) => name !== "").join(", ");
  return (
    <button
      type="button"
      className="fact fact--button fact--wishes"
      aria-haspopup="dialog"
      aria-keyshortcuts="p"
      aria-label={`${words.wishes}: ${said}`}
      title={`${words.wishes}: ${said} (P)`}
      onClick={(event) => openOverlay("wishes", event.currentTarget)}
    >
      <Star size={13} aria-hidden="true" />
      <span className="fact__text" dir="auto">
        {said}
      </span>
    </button>
  );
}
