import { briefTime, exactTime } from "@kithdesk/ui";
import { AlarmClock, CheckCheck, CircleDot } from "lucide-react";

import { useNow } from "../app/now.ts";
import type { Conversation } from "../desk/types.ts";
import { openConversation } from "../navigation/navigation.ts";
import { useOtherConversations } from "./earlier.ts";
import { words } from "./en.ts";
import { Section } from "./Section.tsx";

const ICONS = { open: CircleDot, snoozed: AlarmClock, done: CheckCheck };

/** What this customer and we talked about before; a press opens it. */
export function OtherConversations({ customer, conversation }: { customer: string; conversation: string }) {
  const { state, others } = useOtherConversations(customer, conversation);
  return (
    <Section title={words.earlier}>
      {state === "failed" && <p className="section__empty">{words.earlierFailed}</p>}
      {state === "ready" && others.length === 0 && <p className="section__empty">{words.earlierNone}</p>}
      <ul className="others">
        {others.map((other) => (
          <li key={other.id}>
            <Other conversation={other} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Other({ conversation }: { conversation: Conversation }) {
  const now = useNow();
  const Icon = ICONS[conversation.status];
  const at = conversation.lastMessageAt ?? conversation.createdAt;
  return (
    <button type="button" className="others__one" onClick={() => openConversation(conversation.id)}>
      <Icon size={13} role="img" aria-label={words.status[conversation.status]} />
      <span className="others__preview" dir="auto">
        {conversation.name ?? (conversation.preview === "" ? words.untitled : conversation.preview)}
      </span>
      <time className="others__time" dateTime={at} title={exactTime(at)}>
        {briefTime(at, now)}
      </time>
    </button>
  );
}
