import { CriteriaFields } from "../../views/CriteriaFields.tsx";
import type { Query } from "../../views/criteria.ts";
import { type Field, kindIn } from "../../views/fields.ts";
import { Select } from "../Fields.tsx";
import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import { type Draft, withQuery } from "./slas.ts";
import "../../views/view-sheet.css";

interface WhoPartProps {
  draft: Draft;
  fields: readonly Field[];
  onChange: (draft: Draft) => void;
}

/** Which conversations it is for. */
export function WhoPart({ draft, fields, onChange }: WhoPartProps) {
  const { query } = draft;
  const change = (wanted: Query) => onChange(withQuery(draft, wanted, kindIn(fields)));
  return (
    <Part title={words.who} text={words.whoText}>
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
              onPick={(match) => change({ ...query, match })}
            />
          )}
          <CriteriaFields
            fields={fields}
            criteria={query.criteria}
            onChange={(criteria) => change({ ...query, criteria })}
          />
        </div>
      )}
    </Part>
  );
}
