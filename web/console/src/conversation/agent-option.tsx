import { words as agentWords } from "../agents/en.ts";
import { myStatusWords, reasonWords } from "../agents/presence.ts";
import { StatusDot } from "../agents/StatusDot.tsx";
import type { Agent, Presence } from "../desk/types.ts";
import type { Option } from "../picker/Picker.tsx";
import { words } from "./en.ts";

const ORDER: Readonly<Record<Presence, number>> = { available: 0, busy: 1, unavailable: 2, offline: 3 };

/** The agent themselves first, then those who are free. */
export function byPresence(one: Agent, other: Agent, me: string): number {
  if (one.id === me) return -1;
  if (other.id === me) return 1;
  return ORDER[one.status] - ORDER[other.status] || one.displayName.localeCompare(other.displayName);
}

/** An agent to choose, with how they are and how much they have. */
export function agentOption(agent: Agent, me: string, isChosen: boolean): Option {
  const load =
    agent.load !== null && agent.capacity !== null ? words.loadOf(agent.load, agent.capacity) : undefined;
  const isMe = agent.id === me;
  const status = agent.status === "available" ? undefined : statusWords(agent, isMe);
  const hint = [status, load].filter((part) => part !== undefined).join(" · ");
  return {
    id: agent.id,
    label: isMe ? `${agent.displayName} (${words.me.toLowerCase()})` : agent.displayName,
    hint: hint === "" ? undefined : hint,
    icon: <StatusDot status={agent.status} />,
    isChosen,
  };
}

/** The reason for going offline is the program's, and no words for people. */
function statusWords({ status, reason }: Agent, isMe: boolean): string {
  if (isMe && status === "offline") return myStatusWords(status);
  return (
    (status === "unavailable" && reason !== null ? reasonWords(reason) : null) ?? agentWords.status[status]
  );
}
