import { useState } from "react";

import { isJson, numberOrNull, text } from "../../desk/reading.ts";
import { Select, TextField } from "../../forms/Fields.tsx";
import { criteriaOf, type Query } from "../../views/criteria.ts";
import { type Field, kindIn } from "../../views/fields.ts";
import { CriteriaPart } from "../CriteriaPart.tsx";
import { NumberField } from "../routing/NumberField.tsx";
import { RequiredSkills } from "../routing/RequiredSkills.tsx";
import { levelsFrom } from "../routing/skills.ts";
import { queryFrom } from "../slas/slas.ts";
import { words } from "./en.ts";
import { isCalled, type Json } from "./scenario.ts";
import type { Today } from "./today.ts";

interface RuleFieldsProps {
  rule: Json;
  today: Today;
  fields: readonly Field[];
  onChange: (rule: Json) => void;
}

/** One rule of a scenario: when, and into which queue. */
export function RuleFields({ rule, today, fields, onChange }: RuleFieldsProps) {
  const { skills: _, ...unskilled } = rule;
  const { query, changeQuery } = useQuery(rule, fields, onChange);
  const known = today.queues.find((one) => isCalled(one, rule.queue));
  return (
    <div className="scenario__rule-fields">
      <TextField
        label={words.ruleName}
        value={text(rule.name)}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => onChange({ ...rule, name: event.target.value })}
      />
      <CriteriaPart
        words={words}
        title={words.when}
        text={words.whenText}
        query={query}
        fields={fields}
        onChange={changeQuery}
      />
      <div className="fields__two">
        <Select
          label={words.intoQueue}
          value={known?.id ?? ""}
          options={[
            ...(known === undefined ? [["", text(rule.queue) || words.pickQueue] as const] : []),
            ...today.queues.map(({ id, name }) => [id, name] as const),
          ]}
          onPick={(picked) => onChange({ ...rule, queue: picked })}
        />
        <NumberField
          label={words.rulePriority}
          hint={words.rulePriorityHint}
          value={numberOrNull(rule.priority)}
          least={1}
          most={100}
          otherwise={known?.priority ?? 50}
          onChange={(priority) => onChange({ ...rule, priority })}
        />
      </div>
      <RequiredSkills
        required={levelsFrom(rule.skills)}
        skills={today.skills}
        onChange={(skills) =>
          onChange(Object.keys(skills).length === 0 ? unskilled : { ...unskilled, skills })
        }
      />
    </div>
  );
}

/** Criteria as they are being typed: one that is not finished is in no JSON yet. */
function useQuery(rule: Json, fields: readonly Field[], onChange: (rule: Json) => void) {
  const criteria = isJson(rule.criteria) ? rule.criteria : {};
  const said = JSON.stringify(criteria);
  const [typed, setTyped] = useState<{ readonly said: string; readonly query: Query } | null>(null);
  const changeQuery = (query: Query) => {
    const changed = criteriaOf(query, kindIn(fields));
    setTyped({ said: JSON.stringify(changed), query });
    onChange({ ...rule, criteria: changed });
  };
  return { query: typed?.said === said ? typed.query : queryFrom(criteria), changeQuery };
}
