import { type Field, kindIn } from "../../views/fields.ts";
import { CriteriaPart } from "../CriteriaPart.tsx";
import { words } from "./en.ts";
import { type Draft, withQuery } from "./slas.ts";

interface WhoPartProps {
  draft: Draft;
  fields: readonly Field[];
  onChange: (draft: Draft) => void;
}

/** Which conversations it is for. */
export function WhoPart({ draft, fields, onChange }: WhoPartProps) {
  return (
    <CriteriaPart
      words={words}
      title={words.who}
      text={words.whoText}
      query={draft.query}
      fields={fields}
      onChange={(query) => onChange(withQuery(draft, query, kindIn(fields)))}
    />
  );
}
