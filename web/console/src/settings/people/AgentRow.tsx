import { exactTime, relativeTime } from "@kithdesk/ui";

import { Avatar } from "../../app/Avatar.tsx";
import { useNow } from "../../app/now.ts";
import { formatRoute } from "../../navigation/route.ts";
import { useSession } from "../../session/session.ts";
import { words } from "./en.ts";
import type { Agent } from "./people.ts";

interface AgentRowProps {
  agent: Agent;
  onRole: (role: "agent" | "admin") => void;
  onDeactivate: () => void;
}

/** One agent. Nobody takes their own rights away here. */
export function AgentRow({ agent, onRole, onDeactivate }: AgentRowProps) {
  const now = useNow();
  const isMe = useSession(({ me }) => me?.id === agent.id);
  const { id, name, email, isAdmin, lastSignInAt } = agent;
  return (
    <li className="entries__entry entries__entry--agent">
      <Avatar id={id} name={name} />
      <span className="entries__words">
        <span className="entries__name" dir="auto">
          {name}
        </span>
        <span className="entries__facts">
          <span>{email}</span>
          {lastSignInAt === null ? (
            <span>{words.never}</span>
          ) : (
            <time dateTime={lastSignInAt} title={exactTime(lastSignInAt)}>
              {words.signedIn(relativeTime(lastSignInAt, now))}
            </time>
          )}
        </span>
      </span>
      <a
        className="button button--quiet work-page__link"
        href={formatRoute({ screen: "settings", path: ["people", id] })}
        aria-label={words.workOf(name)}
      >
        {words.work}
      </a>
      {isMe ? (
        <span className="mark">{words.you}</span>
      ) : (
        <>
          <select
            className="field__input entries__choice"
            aria-label={words.role(name)}
            value={isAdmin ? "admin" : "agent"}
            onChange={(event) => onRole(event.target.value === "admin" ? "admin" : "agent")}
          >
            {words.roles.map(([role, label]) => (
              <option key={role} value={role}>
                {label}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="button button--quiet"
            aria-label={words.deactivateOne(name)}
            onClick={onDeactivate}
          >
            {words.deactivate}
          </button>
        </>
      )}
    </li>
  );
}
