import { Plus } from "lucide-react";
import { useState } from "react";

import { isGone, useAskable } from "./askable.ts";
import { CriterionRow } from "./CriterionRow.tsx";
import { type Criterion, isFinished, OPERATORS } from "./criteria.ts";
import { words } from "./en.ts";
import { FieldPicker } from "./FieldPicker.tsx";
import type { Field } from "./fields.ts";
import { otherZone } from "./zones.ts";

interface CriteriaFieldsProps {
  fields: readonly Field[];
  criteria: readonly Criterion[];
  /** Whose days are meant; the reader's where there is none. */
  timeZone: string | undefined;
  onChange: (criteria: readonly Criterion[]) => void;
}

/** Conditions, one a line: what, how, and which value. */
export function CriteriaFields({ fields, criteria, timeZone, onChange }: CriteriaFieldsProps) {
  const declared = useAskable();
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const [added, setAdded] = useState<number | null>(null);
  const known = new Map(fields.map((field) => [field.field, field]));
  const change = (index: number, changed: Criterion) =>
    onChange(criteria.map((one, place) => (place === index ? changed : one)));
  const add = (field: Field) => {
    setAdded(criteria.length);
    onChange([...criteria, blank(field)]);
  };
  return (
    <div className="criteria">
      {criteria.map((criterion, index) => (
        <CriterionRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place in the list
          key={index}
          fields={fields}
          field={known.get(criterion.field) ?? null}
          criterion={criterion}
          isGone={isGone(declared, criterion.field)}
          zone={otherZone(timeZone)}
          isNew={index === added}
          onPick={(field) => change(index, blank(field))}
          onChange={(changed) => change(index, changed)}
          onRemove={() => {
            setAdded(null);
            onChange(criteria.filter((_, place) => place !== index));
          }}
        />
      ))}
      <button
        type="button"
        className="button criteria__add"
        aria-haspopup="dialog"
        disabled={criteria.some((one) => !isFinished(one))}
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        <Plus size={14} aria-hidden="true" />
        {words.addCriterion}
      </button>
      {anchor !== null && (
        <FieldPicker
          fields={fields}
          chosen={null}
          anchor={anchor}
          onPick={add}
          onClose={() => setAnchor(null)}
        />
      )}
    </div>
  );
}

function blank({ field, kind }: Field): Criterion {
  const [operator = "equals"] = OPERATORS[kind];
  return { field, operator, values: [] };
}
