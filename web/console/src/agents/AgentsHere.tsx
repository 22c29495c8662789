import { useMemo } from "react";

import { Avatar } from "../app/Avatar.tsx";
import { useDesk, useDeskVersion } from "../desk/store.ts";
import "./agents.css";
import { words } from "./en.ts";
import { colleaguesHere, reasonWords } from "./presence.ts";
import { StatusDot } from "./StatusDot.tsx";

/** Who else is at work, and how they are. */
export function AgentsHere({ me }: { me: string }) {
  const agents = useDesk((desk) => desk.agents);
  const version = useDeskVersion();
  // The map is the same object for the desk's whole life; `version` says that it changed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const here = useMemo(() => colleaguesHere(agents.values(), me), [agents, me, version]);
  return (
    <section className="agents-here" aria-labelledby="agents-here-title">
      <h2 className="agents-here__title" id="agents-here-title">
        {words.here}
        <span className="agents-here__count">{here.length}</span>
      </h2>
      {here.length === 0 && <p className="agents-here__nobody">{words.nobodyElse}</p>}
      <ul className="agents-here__list">
        {here.map((agent) => (
          <li key={agent.id} className="agents-here__agent">
            <Avatar id={agent.id} name={agent.displayName} size="small" />
            <span className="agents-here__name" dir="auto" title={agent.displayName}>
              {agent.displayName}
            </span>
            {agent.reason !== null && agent.status === "unavailable" && (
              <span className="agents-here__reason">{reasonWords(agent.reason)}</span>
            )}
            <StatusDot status={agent.status} />
            <span className="sr-only">{words.status[agent.status]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
