import { CircleSlash, Inbox } from "lucide-react";
import { useEffect, useMemo } from "react";

import { words as agentWords } from "../agents/en.ts";
import { myStatusWords, reasonWords } from "../agents/presence.ts";
import { StatusDot } from "../agents/StatusDot.tsx";
import { useDirectory } from "../desk/directory.ts";
import { loadAgents } from "../desk/load.ts";
import { currentDesk, useDesk, useDeskVersion } from "../desk/store.ts";
import type { Agent, Presence } from "../desk/types.ts";
import { type Option, Picker } from "../picker/Picker.tsx";
import { assign, handOffToAgent, handOffToQueue } from "./actions.ts";
import { words } from "./en.ts";

interface AssignPickerProps {
  conversation: string;
  /** `handoff` also offers the queues, where whoever is free takes it. */
  purpose: "assign" | "handoff";
  anchor: DOMRect | null;
  onClose: () => void;
}

const ORDER: Readonly<Record<Presence, number>> = { available: 0, busy: 1, unavailable: 2, offline: 3 };

/** Who gets it: the free ones first, each with how much they have already. */
export function AssignPicker({ conversation, purpose, anchor, onClose }: AssignPickerProps) {
  const version = useDeskVersion();
  const me = useDesk((desk) => desk.me);
  const queues = useDirectory((directory) => directory.queues);
  const assigned = useDesk((desk) => desk.conversations.get(conversation)?.assignedUsers[0]);
  useEffect(() => {
    // Loads are not on the wire: they are true for the moment one asks.
    loadAgents().catch(() => undefined);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is changed in place; `version` says so
  const options = useMemo<Option[]>(() => {
    const agents = [...currentDesk().agents.values()].sort((one, other) => compare(one, other, me));
    const people = agents.map((agent) => agentOption(agent, me, agent.id === assigned));
    if (purpose === "assign") {
      const nobody = {
        id: "nobody",
        label: words.nobody,
        hint: words.nobodyHint,
        icon: <CircleSlash size={14} />,
        isChosen: assigned === undefined,
      };
      return [...people, nobody];
    }
    const places = queues.map((queue) => ({
      id: `queue:${queue.id}`,
      label: queue.name,
      hint: words.handOffQueue,
      icon: <Inbox size={14} />,
    }));
    return [...places, ...people.filter(({ id }) => id !== assigned)];
  }, [version, me, queues, assigned, purpose]);
  const pick = ({ id, label }: Option) => {
    onClose();
    const name = currentDesk().agents.get(id)?.displayName ?? label;
    if (id === "nobody") assign(conversation, null, "");
    else if (id.startsWith("queue:")) handOffToQueue(conversation, id.slice("queue:".length), label);
    else if (purpose === "handoff") handOffToAgent(conversation, id, name);
    else assign(conversation, id, name);
  };
  return (
    <Picker
      title={purpose === "assign" ? words.assignTo : words.handOffTo}
      placeholder={purpose === "assign" ? words.assignPlaceholder : words.handOffPlaceholder}
      options={options}
      anchor={anchor}
      onPick={pick}
      onClose={onClose}
    />
  );
}

function compare(one: Agent, other: Agent, me: string): number {
  if (one.id === me) return -1;
  if (other.id === me) return 1;
  return ORDER[one.status] - ORDER[other.status] || one.displayName.localeCompare(other.displayName);
}

function agentOption(agent: Agent, me: string, isChosen: boolean): Option {
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
