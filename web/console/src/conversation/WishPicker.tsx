import { Award } from "lucide-react";
import { useEffect, useMemo, useState } from "react";

import { nameOf } from "../desk/directory.ts";
import { loadAgents } from "../desk/load.ts";
import { currentDesk, useDesk, useDeskVersion } from "../desk/store.ts";
import type { Named } from "../desk/types.ts";
import { type Option, Picker } from "../picker/Picker.tsx";
import { prefer, toggleSkill } from "./actions.ts";
import { agentOption, byPresence } from "./agent-option.tsx";
import { words } from "./en.ts";
import { loadSkills, useSkills } from "./wishes.ts";

interface WishPickerProps {
  conversation: string;
  anchor: DOMRect | null;
  onClose: () => void;
}

const NONE: readonly string[] = [];
const SKILL = "skill:";

/** Who should go first, and what they must be able to do. It stays open, because one is often not all. */
export function WishPicker({ conversation, anchor, onClose }: WishPickerProps) {
  const version = useDeskVersion();
  const me = useDesk((desk) => desk.me);
  const wished = useDesk((desk) => desk.conversations.get(conversation)?.preferredUser ?? null);
  const asked = useDesk((desk) => desk.conversations.get(conversation)?.skills) ?? NONE;
  const skills = useSkills((known) => known.skills);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    loadSkills().catch(() => setFailed(true));
    // Loads are not on the wire: they are true for the moment one asks.
    loadAgents().catch(() => undefined);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is changed in place; `version` says so
  const options = useMemo<Option[]>(() => {
    const agents = [...currentDesk().agents.values()].sort((one, other) => byPresence(one, other, me));
    return [
      ...withGone(skills, asked).map((skill) => skillOption(skill, asked.includes(skill.id))),
      ...agents.map((agent) => ({
        ...agentOption(agent, me, agent.id === wished),
        group: words.preferredGroup,
      })),
    ];
  }, [version, me, wished, asked, skills]);
  const pick = ({ id, label }: Option) => {
    if (id.startsWith(SKILL)) toggleSkill(conversation, { id: id.slice(SKILL.length), name: label });
    else if (id === wished) prefer(conversation, null, "");
    else prefer(conversation, id, currentDesk().agents.get(id)?.displayName ?? label);
  };
  return (
    <Picker
      title={words.wishes}
      placeholder={words.wishesPlaceholder}
      options={options}
      anchor={anchor}
      onPick={pick}
      onClose={onClose}
      footer={
        <p className="picker__left-out" role={hasFailed ? "alert" : undefined}>
          {hasFailed ? words.skillsFailed : words.wishesText}
        </p>
      }
    />
  );
}

/** What is asked for and no skill any more can still be taken off. */
function withGone(skills: readonly Named[], asked: readonly string[]): readonly Named[] {
  const gone = asked.filter((key) => nameOf(skills, key) === null);
  return [...skills, ...gone.map((key) => ({ id: key, name: key }))];
}

function skillOption({ id, name }: Named, isChosen: boolean): Option {
  return {
    id: `${SKILL}${id}`,
    label: name,
    icon: <Award size={14} />,
    group: words.skillsGroup,
    isChosen,
  };
}
