import { CircleSlash, Inbox, Users } from "lucide-react";
import { useEffect, useMemo, useState } from "react";

import { turnTo } from "../app/overlay.ts";
import { loadRouted, useDirectory } from "../desk/directory.ts";
import { loadAgents } from "../desk/load.ts";
import { currentDesk, useDesk, useDeskVersion } from "../desk/store.ts";
import type { Named } from "../desk/types.ts";
import { type Option, Picker } from "../picker/Picker.tsx";
import { useSession } from "../session/session.ts";
import { type Handoffs, useHandoffs } from "../sla/handoffs.ts";
import { NO_TERMS, useTerms } from "../work/terms.ts";
import { assign, handOff } from "./actions.ts";
import { agentOption, byPresence } from "./agent-option.tsx";
import { words } from "./en.ts";
import { leftOutWords, mayGiveTo, type Place } from "./reach.ts";

interface AssignPickerProps {
  conversation: string;
  /** `handoff` also offers teams and queues, where whoever is free takes it, and asks why. */
  purpose: "assign" | "handoff";
  anchor: DOMRect | null;
  onClose: () => void;
}

const NOBODY = "nobody";

/** Who gets it: the free ones first, each with how much they have already. */
export function AssignPicker({ conversation, purpose, anchor, onClose }: AssignPickerProps) {
  const version = useDeskVersion();
  const me = useDesk((desk) => desk.me);
  const queues = useDirectory((directory) => directory.queues);
  const teams = useDirectory((directory) => directory.teams);
  const routed = useDirectory((directory) => directory.routed);
  const assigned = useDesk((desk) => desk.conversations.get(conversation)?.assignedUsers[0]);
  const transfers = useTransfers();
  const [shown, setShown] = useState("");
  const handoffs = useHandoffs(conversation, shown);
  const [reason, setReason] = useState("");
  useEffect(() => {
    // Loads are not on the wire: they are true for the moment one asks.
    loadAgents().catch(() => undefined);
    if (purpose === "handoff") loadRouted().catch(() => undefined);
  }, [purpose]);
  const served = useMemo(() => teams.filter(({ id }) => routed?.includes(id) ?? true), [teams, routed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is changed in place; `version` says so
  const options = useMemo<Option[]>(() => {
    const agents = [...currentDesk().agents.values()]
      .filter(({ id }) => id === me || mayGiveTo(transfers, "agent", id))
      .sort((one, other) => byPresence(one, other, me));
    const people = agents.map((agent) => ({
      ...agentOption(agent, me, agent.id === assigned),
      detail: handoffs.words.get(agent.id),
    }));
    if (purpose === "assign") {
      const nobody = {
        id: NOBODY,
        label: words.nobody,
        hint: words.nobodyHint,
        icon: <CircleSlash size={14} />,
        isChosen: assigned === undefined,
      };
      return [...people, nobody];
    }
    const places = [
      ...queues.map((queue) => placeOption("queue", queue, handoffs)),
      ...served.map((team) => placeOption("team", team, handoffs)),
    ].filter(({ place, to }) => mayGiveTo(transfers, place, to));
    return [...places, ...people.filter(({ id }) => id !== assigned)];
  }, [version, me, queues, served, assigned, purpose, transfers, handoffs]);
  const leftOut = leftOutWords(transfers, purpose === "assign" ? ["agent"] : ["queue", "team", "agent"]);
  const isTeamMissing =
    purpose === "handoff" &&
    teams.some((team) => !served.includes(team) && mayGiveTo(transfers, "team", team.id));
  const pick = ({ id, label }: Option) => {
    onClose();
    const name = currentDesk().agents.get(id)?.displayName ?? label;
    if (purpose === "handoff") handOff(conversation, targetOf(id, name), reason);
    else if (id === NOBODY) assign(conversation, null, "");
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
      onShown={(seen) => setShown(placesIn(seen).join(","))}
      note={
        purpose === "handoff" ? { label: words.handOffReason, value: reason, onChange: setReason } : undefined
      }
      footer={
        <>
          {handoffs.isCut && <p className="picker__left-out">{words.notLookedAt}</p>}
          {leftOut !== null && <p className="picker__left-out">{leftOut}</p>}
          {isTeamMissing && <p className="picker__left-out">{words.unservedTeams}</p>}
          {purpose === "assign" && <More />}
        </>
      }
    />
  );
}

/** Few ever wish for somebody: the way there is here, and not in everybody's sight. */
function More() {
  return (
    <button type="button" className="picker__more" onClick={() => turnTo("wishes")}>
      {words.wishesMore}
      <kbd className="key">P</kbd>
    </button>
  );
}

/** Administrators may give work anywhere. */
export function useTransfers() {
  const isAdmin = useSession(({ me }) => me?.isAdmin === true);
  const transfers = useTerms((terms) => terms.transfers);
  return isAdmin ? NO_TERMS.transfers : transfers;
}

function placeOption(place: "queue" | "team", { id, name }: Named, handoffs: Handoffs) {
  return {
    id: `${place}:${id}`,
    label: name,
    hint: place === "queue" ? words.handOffQueue : words.handOffTeam,
    icon: place === "queue" ? <Inbox size={14} /> : <Users size={14} />,
    detail: handoffs.words.get(id),
    place,
    to: id,
  };
}

function placesIn(options: readonly Option[]): string[] {
  return options.filter(({ id }) => id !== NOBODY).map(({ id, label }) => targetOf(id, label).id);
}

function targetOf(id: string, name: string): { place: Place; id: string; name: string } {
  const [place, to] = id.split(":");
  if (to === undefined) return { place: "agent", id, name };
  return { place: place === "queue" ? "queue" : "team", id: to, name };
}
