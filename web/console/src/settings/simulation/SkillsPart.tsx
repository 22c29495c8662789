import { Part } from "../Page.tsx";
import { LEVELS } from "../routing/skills.ts";
import type { Draft, Today } from "./draft.ts";
import { words } from "./en.ts";

interface SkillsPartProps {
  draft: Draft;
  today: Today;
  onChange: (patch: Partial<Draft>) => void;
}

/** Who can what. Folded, for it is as large as agents times skills. */
export function SkillsPart({ draft, today, onChange }: SkillsPartProps) {
  const learn = (agent: string, skill: string, level: number) => {
    const { [skill]: _, ...others } = draft.levels[agent] ?? {};
    const levels = level === 0 ? others : { ...others, [skill]: level };
    onChange({ levels: { ...draft.levels, [agent]: levels } });
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
                        value={draft.levels[agent.id]?.[key] ?? 0}
                        onChange={(event) => learn(agent.id, key, Number(event.target.value))}
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
