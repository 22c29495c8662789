import { words as agentWords } from "../agents/en.ts";
import { reasonWords } from "../agents/presence.ts";
import { StatusDot } from "../agents/StatusDot.tsx";
import { Avatar } from "../app/Avatar.tsx";
import { linkBehind } from "./behind.ts";
import type { Agent } from "./board.ts";
import { words } from "./en.ts";
import { Ticking } from "./Ticking.tsx";
import "./agents.css";

interface AgentsProps {
  agents: readonly Agent[];
  inAll: number;
}

/** Who is here, as what, since when, and how full their hands are; and who left with something in them. */
export function Agents({ agents, inAll }: AgentsProps) {
  return (
    <section className="board-part" aria-labelledby="board-agents">
      <h2 className="board-part__title" id="board-agents">
        {words.agents}
      </h2>
      {agents.length === 0 && (
        <div className="empty">
          <p className="empty__title">{words.nobodyHere}</p>
          <p className="empty__text">{words.nobodyHereText}</p>
        </div>
      )}
      <ul className="board-agents">
        {agents.map((agent) => (
          <li key={agent.id} className="board-agent">
            <AgentFacts agent={agent} />
          </li>
        ))}
      </ul>
      {inAll > agents.length && <p className="board-part__none">{words.more(inAll - agents.length)}</p>}
    </section>
  );
}

function AgentFacts({ agent }: { agent: Agent }) {
  const { id, name, status, reason, since, team, load, capacity, items } = agent;
  return (
    <>
      <Avatar id={id} name={name} size="small" />
      <div className="board-agent__who">
        <span className="board-agent__name" dir="auto" title={name}>
          {name}
        </span>
        {team !== null && (
          <small className="board-agent__team" dir="auto" title={team}>
            {words.as(team)}
          </small>
        )}
      </div>
      <div className="board-agent__status">
        <StatusDot status={status} />
        <span className="board-agent__said">
          {agentWords.status[status]}
          {reason !== null && `: ${reasonWords(reason)}`}
        </span>
        {since !== null && (
          <small>
            <span className="sr-only">{words.since} </span>
            <Ticking since={since} />
          </small>
        )}
      </div>
      <div className="board-agent__load" title={words.loadTitle(load, capacity)}>
        <span className="board-load" aria-hidden="true">
          <span className="board-load__taken" style={{ inlineSize: `${share(load, capacity)}%` }} />
        </span>
        {items > 0 ? (
          <a
            href={linkBehind("agent", id)}
            aria-label={`${name}: ${words.load(load, capacity)}, ${words.items(items)}`}
          >
            {words.load(load, capacity)}
          </a>
        ) : (
          <span>{words.load(load, capacity)}</span>
        )}
      </div>
    </>
  );
}

function share(load: number, capacity: number): number {
  return capacity === 0 ? 100 : Math.min(100, (load / capacity) * 100);
}
