import { briefTime, exactTime, upcomingTime } from "@kithdesk/ui";
import { AlarmClock, CheckCheck, CircleDot, MessageSquareOff } from "lucide-react";

import { useNow } from "../app/now.ts";
import { type Conversation, waitsSince } from "../desk/types.ts";
import { words } from "./en.ts";

/** Whether it is done, asleep or open, and how long its customer waits. */
export function StatusFact({ conversation }: { conversation: Conversation }) {
  const now = useNow();
  const { status, snoozedUntil, ended } = conversation;
  const waitingSince = waitsSince(conversation);
  if (status === "done") {
    return (
      <span className="fact">
        <CheckCheck size={13} aria-hidden="true" />
        {ended ? `${words.status.done} · ${words.ended}` : words.status.done}
      </span>
    );
  }
  if (status === "snoozed") {
    return (
      <span className="fact" title={snoozedUntil === null ? undefined : exactTime(snoozedUntil)}>
        <AlarmClock size={13} aria-hidden="true" />
        {words.status.snoozed}
        {snoozedUntil !== null && ` · ${words.snoozedUntil(upcomingTime(snoozedUntil, now))}`}
      </span>
    );
  }
  if (waitingSince !== null) {
    return (
      <span className="fact fact--waiting" title={words.waitingSince(exactTime(waitingSince))}>
        <CircleDot size={13} aria-hidden="true" />
        {isJustNow(waitingSince, now) ? words.waiting : words.waitingFor(briefTime(waitingSince, now))}
      </span>
    );
  }
  if (ended && conversation.waitingSince !== null) {
    return (
      <span
        className="fact fact--waiting"
        title={words.endedUnansweredTitle(exactTime(conversation.waitingSince))}
      >
        <MessageSquareOff size={13} aria-hidden="true" />
        {words.endedUnanswered}
      </span>
    );
  }
  return (
    <span className="fact">
      <CircleDot size={13} aria-hidden="true" />
      {ended ? `${words.status.open} · ${words.ended}` : words.status.open}
    </span>
  );
}

function isJustNow(at: string, now: string): boolean {
  return Date.parse(now) - Date.parse(at) < 60_000;
}
