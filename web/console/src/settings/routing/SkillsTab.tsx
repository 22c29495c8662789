import { Plus, X } from "lucide-react";
import { useRef, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { showToast } from "../../toast/toast.ts";
import { NothingYet, WhenLoaded } from "../Page.tsx";
import { RemoveSheet } from "../RemoveSheet.tsx";
import { type Loaded, useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { InUseSheet } from "./InUseSheet.tsx";
import { NewSkill } from "./NewSkill.tsx";
import { RoutingPage } from "./RoutingPage.tsx";
import { loadRuleNames, type RuleName } from "./rules.ts";
import {
  addSkill,
  LEVELS,
  loadMatrix,
  type Matrix,
  problemOfSkill,
  removeSkill,
  type Skill,
  type SkilledAgent,
  setLevel,
} from "./skills.ts";
import { usesOfSkill } from "./uses.ts";

/** What agents can, and how well. */
export function SkillsTab() {
  const { loaded, reload, show } = useLoaded(loadAll);
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Skill | null>(null);
  // One after the other: of two that overtake each other the older would win.
  const rating = useRef(Promise.resolve());
  const rate = (matrix: All, agent: SkilledAgent, skill: Skill, level: number | null) => {
    const { [skill.key]: _, ...others } = agent.levels;
    const levels = level === null ? others : { ...others, [skill.key]: level };
    const agents = matrix.agents.map((one) => (one.id === agent.id ? { ...one, levels } : one));
    show({ ...matrix, agents });
    rating.current = rating.current
      .then(() => setLevel(agent.id, skill.key, level))
      .catch((error: unknown) => {
        showToast(words.failed(wordsFor(error)), { tone: "problem" });
        reload();
      });
  };
  const addButton = (
    <button type="button" className="button button--primary" onClick={() => setAdding(true)}>
      <Plus size={15} aria-hidden="true" />
      {words.addSkill}
    </button>
  );
  const isEmpty = loaded.state === "ready" && loaded.data.skills.length === 0;
  const rules = loaded.state === "ready" ? loaded.data.rules : [];
  const uses = removing === null ? [] : usesOfSkill(removing.key, rules);
  return (
    <RoutingPage tab="skills" action={isEmpty ? undefined : addButton}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(matrix) =>
          matrix.skills.length === 0 ? (
            <NothingYet title={words.noSkillsTitle} text={words.noSkillsText}>
              {addButton}
            </NothingYet>
          ) : (
            <Table
              matrix={matrix}
              onRate={(agent, skill, level) => rate(matrix, agent, skill, level)}
              onRemove={setRemoving}
            />
          )
        }
      </WhenLoaded>
      {isAdding && (
        <NewSkill
          onAdd={async (name, key) => {
            await addSkill(name, key);
            setAdding(false);
            showToast(words.skillAdded(name));
            reload();
          }}
          onClose={() => setAdding(false)}
        />
      )}
      {removing !== null && uses.length > 0 && (
        <InUseSheet name={removing.name} uses={uses} onClose={() => setRemoving(null)} />
      )}
      {removing !== null && uses.length === 0 && (
        <RemoveSheet
          words={words}
          title={words.removeTitle(removing.name)}
          text={words.removeSkillText(agentsWith(loaded, removing))}
          problemOf={problemOfSkill}
          onRemove={async () => {
            await removeSkill(removing.id);
            setRemoving(null);
            showToast(words.removed(removing.name));
            reload();
          }}
          onClose={() => setRemoving(null)}
        />
      )}
    </RoutingPage>
  );
}

type All = Matrix & { readonly rules: readonly RuleName[] };

async function loadAll(): Promise<All> {
  const [matrix, rules] = await Promise.all([loadMatrix(), loadRuleNames()]);
  return { ...matrix, rules };
}

function agentsWith(loaded: Loaded<All>, { key }: Skill): number {
  return loaded.state === "ready" ? loaded.data.agents.filter(({ levels }) => key in levels).length : 0;
}

interface TableProps {
  matrix: Matrix;
  onRate: (agent: SkilledAgent, skill: Skill, level: number | null) => void;
  onRemove: (skill: Skill) => void;
}

/** Agents down, skills across; wide ones scroll beside the names. */
function Table({ matrix: { skills, agents }, onRate, onRemove }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="skills" aria-label={words.tabs.skills} tabIndex={0}>
      <table className="skills__table">
        <thead>
          <tr>
            <th scope="col" className="skills__agent">
              {words.agent}
            </th>
            {skills.map((skill) => (
              <th key={skill.id} scope="col">
                <span className="skills__skill">
                  <span className="skills__name" dir="auto" title={skill.key}>
                    {skill.name}
                  </span>
                  <button
                    type="button"
                    className="icon-button icon-button--small"
                    aria-label={words.removeSkill(skill.name)}
                    onClick={() => onRemove(skill)}
                  >
                    <X size={13} aria-hidden="true" />
                  </button>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {agents.map((agent) => (
            <tr key={agent.id}>
              <th scope="row" className="skills__agent" dir="auto">
                {agent.name}
              </th>
              {skills.map((skill) => (
                <td key={skill.id}>
                  <select
                    className={`field__input skills__level ${agent.levels[skill.key] === undefined ? "skills__level--none" : ""}`}
                    aria-label={words.levelOf(agent.name, skill.name)}
                    value={agent.levels[skill.key] ?? ""}
                    onChange={({ target: { value } }) =>
                      onRate(agent, skill, value === "" ? null : Number(value))
                    }
                  >
                    <option value="">{words.noLevel}</option>
                    {LEVELS.map((level) => (
                      <option key={level} value={level}>
                        {level}
                      </option>
                    ))}
                  </select>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
