import { Part } from "../Page.tsx";
import { LEVELS, type Levels, levelsFrom } from "../routing/skills.ts";
import { words } from "./en.ts";
import type { PartProps } from "./ScenarioForm.tsx";
import { type Path, saidAt, withSaid } from "./scenario.ts";
import type { Today } from "./today.ts";

/** Who can what. Folded, for it is as large as agents times skills. */
export function SkillsPart({ scenario, today, onChange }: PartProps) {
  const levelsOf = ({ id, levels }: Today["agents"][number]) => {
    const said = saidAt(scenario, placeOf(id));
    return said === undefined ? levels : levelsFrom(said);
  };
  const learn = (agent: Today["agents"][number], skill: string, level: number) => {
    const { [skill]: _, ...others } = levelsOf(agent);
    const levels = level === 0 ? others : { ...others, [skill]: level };
    const isAsToday = isSame(levels, agent.levels);
    onChange(withSaid(scenario, placeOf(agent.id), isAsToday ? undefined : levels));
  };
  return (
    <Part title={words.skills} text={words.skillsText}>
      <details className="scenario__fold">
        <summary>{words.skillsShow}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too */}
        <div className="scenario__scrolls" tabIndex={0}>
          <table className="numbers" aria-label={words.skills}>
            <thead>
              <tr>
                <th scope="col">{words.agent}</th>
                {today.skills.map(({ key, name }) => (
                  <th key={key} scope="col" dir="auto">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {today.agents.map((agent) => (
                <tr key={agent.id}>
                  <th scope="row" dir="auto">
                    {agent.name}
                  </th>
                  {today.skills.map(({ key, name }) => (
                    <td key={key}>
                      <select
                        className="field__input numbers__input"
                        aria-label={words.levelOf(name, agent.name)}
                        value={levelsOf(agent)[key] ?? 0}
                        onChange={(event) => learn(agent, key, Number(event.target.value))}
                      >
                        <option value={0}>{words.none}</option>
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
        </div>
      </details>
    </Part>
  );
}

function placeOf(agent: string): Path {
  return ["skills", agent];
}

function isSame(one: Levels, other: Levels): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => (one[key] ?? 0) === (other[key] ?? 0));
}
