import { Plus, X } from "lucide-react";

import { type Criterion, isFinished, needsValue, OPERATORS, type Operator } from "./criteria.ts";
import { words } from "./en.ts";
import { type Field, kindIn } from "./fields.ts";
import { ValueField } from "./ValueField.tsx";

interface CriteriaFieldsProps {
  fields: readonly Field[];
  criteria: readonly Criterion[];
  onChange: (criteria: readonly Criterion[]) => void;
}

/** Conditions, one a line: what, how, and which value. */
export function CriteriaFields({ fields, criteria, onChange }: CriteriaFieldsProps) {
  const change = (index: number, changed: Criterion) =>
    onChange(criteria.map((one, place) => (place === index ? changed : one)));
  const add = () => {
    const [first] = fields.filter(({ field }) => !criteria.some((one) => one.field === field));
    const field = first ?? fields[0];
    if (field !== undefined) onChange([...criteria, blank(field)]);
  };
  return (
    <div className="criteria">
      {criteria.map((criterion, index) => (
        <CriterionRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place in the list
          key={index}
          fields={fields}
          criterion={criterion}
          onChange={(changed) => change(index, changed)}
          onRemove={() => onChange(criteria.filter((_, place) => place !== index))}
        />
      ))}
      <button
        type="button"
        className="button criteria__add"
        disabled={criteria.some((one) => !isFinished(one))}
        onClick={add}
      >
        <Plus size={14} aria-hidden="true" />
        {words.addCriterion}
      </button>
    </div>
  );
}

function blank({ field, kind }: Field): Criterion {
  const [operator = "equals"] = OPERATORS[kind];
  return { field, operator, values: [] };
}

interface CriterionRowProps {
  fields: readonly Field[];
  criterion: Criterion;
  onChange: (criterion: Criterion) => void;
  onRemove: () => void;
}

function CriterionRow({ fields, criterion, onChange, onRemove }: CriterionRowProps) {
  const field = fields.find((one) => one.field === criterion.field);
  const kind = kindIn(fields)(criterion.field);
  const operators = OPERATORS[kind];
  const groups = [...new Set(fields.map(({ group }) => group))];
  return (
    <div className="criteria__row">
      <select
        className="field__input"
        aria-label={words.field}
        value={criterion.field}
        onChange={(event) => {
          const picked = fields.find((one) => one.field === event.target.value);
          if (picked !== undefined) onChange(blank(picked));
        }}
      >
        {/* One that is gone, or not loaded yet, is not silently another. */}
        {field === undefined && <option value={criterion.field}>{criterion.field}</option>}
        {groups.map((group) => (
          <optgroup key={group} label={group}>
            {fields
              .filter((one) => one.group === group)
              .map((one) => (
                <option key={one.field} value={one.field}>
                  {one.name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      <select
        className="field__input"
        aria-label={words.operator}
        value={criterion.operator}
        onChange={(event) =>
          onChange(
            withOperator(
              criterion,
              operators.find((one) => one === event.target.value),
            ),
          )
        }
      >
        {(operators.includes(criterion.operator) ? operators : [criterion.operator, ...operators]).map(
          (one) => (
            <option key={one} value={one}>
              {words.operators[kind][one] ?? one}
            </option>
          ),
        )}
      </select>
      <div className="criteria__value">
        {needsValue(criterion.operator) && (
          <ValueField
            kind={kind}
            choices={field?.choices ?? []}
            values={criterion.values}
            onChange={(values) => onChange({ ...criterion, values })}
          />
        )}
      </div>
      <button
        type="button"
        className="icon-button criteria__remove"
        aria-label={words.removeCriterion}
        onClick={onRemove}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}

function withOperator(criterion: Criterion, operator: Operator | undefined): Criterion {
  if (operator === undefined) return criterion;
  return { ...criterion, operator, values: needsValue(operator) ? criterion.values : [] };
}
