import { clockTime, exactTime } from "@kithdesk/ui";
import { Hand } from "lucide-react";

import { useNow } from "../app/now.ts";
import { currentDesk, useDeskVersion } from "../desk/store.ts";
import { type Declined, useDeclined } from "./declined.ts";
import { words } from "./declined-words.ts";
import { GiveAway } from "./GiveAway.tsx";
import "./declined.css";

const MOST_NAMES = 3;

/** Above a conversation that nobody wants: who was asked, what comes of it, and the way out. */
export function DeclinedNote({ conversation }: { conversation: string }) {
  const declined = useDeclined((state) => state.declined.get(conversation));
  if (declined === undefined) return null;
  return (
    <aside className="declined-note" aria-label={words.title}>
      <Hand className="declined-note__icon" size={16} aria-hidden="true" />
      <p className="declined-note__words">
        <strong>{words.title}:</strong> <DeclinedFacts declined={declined} />
      </p>
      <GiveAway conversation={conversation} />
    </aside>
  );
}

/** By whom, since when, and when they are asked again. */
export function DeclinedFacts({ declined: { by, since, askedAgainAt } }: { declined: Declined }) {
  useDeskVersion();
  const now = useNow();
  const { agents } = currentDesk();
  const names = by.flatMap((id) => agents.get(id)?.displayName ?? []).slice(0, MOST_NAMES);
  return (
    <span className="declined__facts">
      <bdi>{names.length === 0 ? words.count(by.length) : words.by(by.length, names)}</bdi>,{" "}
      <time dateTime={since} title={exactTime(since)}>
        {words.since} {clockTime(since)}
      </time>
      .{" "}
      {Date.parse(askedAgainAt) > Date.parse(now)
        ? words.askedAgain(clockTime(askedAgainAt))
        : words.askedAgainSoon}
    </span>
  );
}
