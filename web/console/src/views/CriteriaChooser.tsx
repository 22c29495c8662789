import { Select } from "../forms/Fields.tsx";
import { CriteriaFields } from "./CriteriaFields.tsx";
import type { Query } from "./criteria.ts";
import { words as ours } from "./en.ts";
import type { Field } from "./fields.ts";
import "./criteria.css";

interface CriteriaChooserProps {
  words?: {
    readonly byProgram: string;
    readonly match: string;
    readonly matches: Readonly<Record<Query["match"], string>>;
  };
  /** Null: a program said it in a way that no form shows. */
  query: Query | null;
  fields: readonly Field[];
  onChange: (query: Query) => void;
}

/** What something must be like: for a view to show it, or for a rule to be about it. */
export function CriteriaChooser({ words = ours, query, fields, onChange }: CriteriaChooserProps) {
  if (query === null) return <p className="criteria__by-program">{words.byProgram}</p>;
  return (
    <>
      {query.criteria.length > 1 && (
        <Select
          label={words.match}
          value={query.match}
          options={[
            ["and", words.matches.and],
            ["or", words.matches.or],
          ]}
          onPick={(match) => onChange({ ...query, match })}
        />
      )}
      <CriteriaFields
        fields={fields}
        criteria={query.criteria}
        timeZone={query.timeZone}
        onChange={(criteria) => onChange({ ...query, criteria })}
      />
    </>
  );
}
