import { CriteriaChooser } from "../views/CriteriaChooser.tsx";
import type { Query } from "../views/criteria.ts";
import type { Field } from "../views/fields.ts";
import { Part } from "./Page.tsx";

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
      <div className="fields">
        <CriteriaChooser words={words} query={query} fields={fields} onChange={onChange} />
      </div>
    </Part>
  );
}
