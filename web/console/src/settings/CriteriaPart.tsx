import { CriteriaFields } from "../views/CriteriaFields.tsx";
import type { Query } from "../views/criteria.ts";
import type { Field } from "../views/fields.ts";
import { Select } from "./Fields.tsx";
import { Part } from "./Page.tsx";
import "../views/view-sheet.css";

interface CriteriaPartProps {
  words: {
    readonly byProgram: string;
    readonly match: string;
    readonly matches: Readonly<Record<Query["match"], string>>;
  };
  title: string;
  text: string;
  /** Null: a program said it in a way that no form shows. */
  query: Query | null;
  fields: readonly Field[];
  onChange: (query: Query) => void;
}

/** What a conversation must be like for something to be done with it. */
export function CriteriaPart({ words, title, text, query, fields, onChange }: CriteriaPartProps) {
  return (
    <Part title={title} text={text}>
      {query === null ? (
        <p className="settings-part__text">{words.byProgram}</p>
      ) : (
        <div className="fields">
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
            onChange={(criteria) => onChange({ ...query, criteria })}
          />
        </div>
      )}
    </Part>
  );
}
