import { briefTime, clockTime, exactTime, upcomingTime } from "@kithdesk/ui";
import {
  AlarmClock,
  CircleAlert,
  Hand,
  Hourglass,
  Mail,
  Megaphone,
  MessageSquareOff,
  Reply,
} from "lucide-react";

import { Avatar } from "../app/Avatar.tsx";
import { useNow } from "../app/now.ts";
import { useHasRefused } from "../composer/refused.ts";
import { useDesk } from "../desk/store.ts";
import { type Conversation, waitsSince } from "../desk/types.ts";
import { openConversation } from "../navigation/navigation.ts";
import { Countdown } from "../sla/Countdown.tsx";
import { nextDue } from "../sla/sla.ts";
import { type Declined, useDeclined } from "../work/declined.ts";
import { words as declinedWords } from "../work/declined-words.ts";
import { words } from "./en.ts";

interface ConversationRowProps {
  id: string;
  showsAssignee: boolean;
  isOpen: boolean;
  place: number;
  of: number;
}

/** One conversation in a list: who, the last words, since when they wait, and who has it. */
export function ConversationRow({ id, showsAssignee, isOpen, place, of }: ConversationRowProps) {
  const conversation = useDesk((desk) => desk.conversations.get(id));
  const hasArrived = useDesk((desk) => desk.arrived.has(id));
  const isUnsent = useHasRefused(id);
  const declined = useDeclined((state) => state.declined.get(id));
  if (conversation === undefined) return null;
  const isAssigneeShown = showsAssignee && conversation.assignedUsers.length > 0;
  const hasFoot = isUnsent || isAssigneeShown || nextDue(conversation.sla) !== null || declined !== undefined;
  const isNew = (conversation.isUnread || hasArrived) && conversation.status === "open";
  const newWord = conversation.isUnread ? words.unread : words.arrived;
  return (
    // The listbox around it has the focus and the keys.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant marks it
    <div
      id={`row-${id}`}
      className={`row ${isNew ? "row--unread" : ""} ${hasFoot ? "row--foot" : ""}`}
      role="option"
      aria-selected={isOpen}
      aria-posinset={place}
      aria-setsize={of}
      onClick={() => openConversation(id)}
    >
      <span className="row__mark">{isNew && <span className="unread-dot" title={newWord} />}</span>
      <span className="row__name" dir="auto">
        {conversation.customerName}
      </span>
      {isNew && <span className="sr-only">{newWord}</span>}
      <RowTime conversation={conversation} />
      <span className="row__preview" dir="auto">
        {conversation.lastMessageDirection === "out" && <Direction conversation={conversation} />}
        {conversation.channel === "email" && (
          <Mail className="row__direction" size={13} role="img" aria-label={words.byEmail} />
        )}
        {previewOf(conversation)}
      </span>
      <span className="row__foot">
        {isUnsent && (
          <CircleAlert className="row__unsent" size={13} role="img" aria-label={words.unsent}>
            <title>{words.unsent}</title>
          </CircleAlert>
        )}
        {declined !== undefined && <DeclinedMark declined={declined} />}
        <Countdown sla={conversation.sla} />
        {showsAssignee && <Assignee conversation={conversation} />}
      </span>
    </div>
  );
}

/** A queue's message to who waits answers nobody. */
function Direction({ conversation: { waitingSince } }: { conversation: Conversation }) {
  if (waitingSince === null) {
    return <Reply className="row__direction" size={13} role="img" aria-label={words.fromAgent} />;
  }
  return <Megaphone className="row__direction" size={13} role="img" aria-label={words.automatic} />;
}

/** The last words; of what is held by e-mail, what it is about comes first. A program may begin one without any. */
function previewOf({ channel, name, preview, lastMessageAt }: Conversation): string {
  if (lastMessageAt === null) return name ?? words.nothingSaid;
  const said = preview === "" ? words.attachment : preview;
  return channel === "email" && name !== null && name !== said ? `${name} – ${said}` : said;
}

function RowTime({ conversation }: { conversation: Conversation }) {
  const now = useNow();
  const { snoozedUntil, status } = conversation;
  const waitingSince = waitsSince(conversation);
  if (status === "snoozed" && snoozedUntil !== null) {
    return (
      <time className="row__time" dateTime={snoozedUntil} title={exactTime(snoozedUntil)}>
        <AlarmClock size={12} aria-hidden="true" />
        <span className="sr-only">{words.snoozedUntil("")}</span>
        {upcomingTime(snoozedUntil, now)}
      </time>
    );
  }
  if (waitingSince !== null) {
    return (
      <time
        className="row__time row__time--waiting"
        dateTime={waitingSince}
        title={words.waitingTitle(exactTime(waitingSince))}
      >
        <Hourglass size={11} aria-hidden="true" />
        <span className="sr-only">{words.waiting("")}</span>
        {briefTime(waitingSince, now)}
      </time>
    );
  }
  const at = conversation.lastMessageAt ?? conversation.createdAt;
  const isLeft = status === "open" && conversation.ended && conversation.waitingSince !== null;
  return (
    <time className="row__time" dateTime={at} title={exactTime(at)}>
      {isLeft && (
        <MessageSquareOff size={12} role="img" aria-label={words.endedUnanswered}>
          <title>{words.endedUnanswered}</title>
        </MessageSquareOff>
      )}
      {briefTime(at, now)}
    </time>
  );
}

/** Nobody wants it: it waits for somebody to decide. */
function DeclinedMark({ declined: { by, since } }: { declined: Declined }) {
  const said = declinedWords.mark(by.length, clockTime(since));
  return (
    <span className="row__declined" role="img" aria-label={said} title={said}>
      <Hand size={12} aria-hidden="true" />
      {by.length}
    </span>
  );
}

function Assignee({ conversation }: { conversation: Conversation }) {
  const [first] = conversation.assignedUsers;
  const name = useDesk((desk) => (first === undefined ? undefined : desk.agents.get(first)?.displayName));
  if (first === undefined) return <span className="sr-only">{words.unassigned}</span>;
  return (
    <span className="row__assignee" title={name === undefined ? undefined : words.assignedTo(name)}>
      <Avatar id={first} name={name ?? ""} size="tiny" />
      <span className="sr-only">{words.assignedTo(name ?? "")}</span>
    </span>
  );
}
