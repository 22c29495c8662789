import { X } from "lucide-react";

import { Select } from "../../forms/Fields.tsx";
import { words } from "./en.ts";
import { LEVELS, type Levels, type Skill } from "./skills.ts";

interface RequiredSkillsProps {
  required: Levels;
  skills: readonly Skill[];
  onChange: (required: Levels) => void;
}

const MOST = 5;

/** What whoever takes it must be able to, and how well at least. */
export function RequiredSkills({ required, skills, onChange }: RequiredSkillsProps) {
  const keys = Object.keys(required);
  const left = skills.filter(({ key }) => !keys.includes(key));
  if (skills.length === 0 && keys.length === 0) return <p className="field__hint">{words.noSkillsHere}</p>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is a box with a legend in its border
    <div className="fields" role="group" aria-label={words.requires}>
      {keys.map((key) => {
        const name = skills.find((skill) => skill.key === key)?.name ?? key;
        return (
          <div key={key} className="limits__row">
            <Select
              label={words.atLeast(name)}
              value={String(required[key] ?? 1)}
              options={LEVELS.map((level) => [String(level), words.level(level)] as const)}
              onPick={(level) => onChange({ ...required, [key]: Number(level) })}
            />
            <button
              type="button"
              className="icon-button limits__remove"
              aria-label={words.doNotRequire(name)}
              onClick={() => {
                const { [key]: _, ...others } = required;
                onChange(others);
              }}
            >
              <X size={15} aria-hidden="true" />
            </button>
          </div>
        );
      })}
      {left.length > 0 && keys.length < MOST && (
        <Select
          label={words.requires}
          hint={words.requiresHint}
          value=""
          options={[["", words.pickSkill], ...left.map(({ key, name }) => [key, name] as const)]}
          onPick={(key) => {
            if (key !== "") onChange({ ...required, [key]: 1 });
          }}
        />
      )}
    </div>
  );
}
