import { ChevronDown, Lock, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";

import { type Criterion, isOfDays, needsValue, OPERATORS, type Operator } from "./criteria.ts";
import { words } from "./en.ts";
import { FieldPicker } from "./FieldPicker.tsx";
import { type Field, fullNameOf } from "./fields.ts";
import { ValueField } from "./ValueField.tsx";

interface CriterionRowProps {
  fields: readonly Field[];
  /** Null of one that is not here: gone, not read yet, or never offered. */
  field: Field | null;
  criterion: Criterion;
  isGone: boolean;
  /** Where the days are, when they are not the reader's. */
  zone: string | null;
  /** It was added just now, and goes on with its value. */
  isNew: boolean;
  onPick: (field: Field) => void;
  onChange: (criterion: Criterion) => void;
  onRemove: () => void;
}

/** One condition. What nobody can ask for any more, or may not read, is said, and can be taken away. */
export function CriterionRow({ field, criterion, isGone, onRemove, ...rest }: CriterionRowProps) {
  if (isGone) {
    return (
      <Said onRemove={onRemove}>
        {words.gone} <code className="criteria__code">{criterion.field}</code>
      </Said>
    );
  }
  if (field?.isHidden === true) {
    return (
      <Said onRemove={onRemove}>
        <Lock size={13} aria-hidden="true" /> {words.hidden(fullNameOf(field))}
      </Said>
    );
  }
  return <Asking field={field} criterion={criterion} onRemove={onRemove} {...rest} />;
}

function Said({ children, onRemove }: { children: ReactNode; onRemove: () => void }) {
  return (
    <div className="criteria__row criteria__row--said">
      <p className="criteria__said">{children}</p>
      <Remove onRemove={onRemove} />
    </div>
  );
}

function Asking({
  fields,
  field,
  criterion,
  zone,
  isNew,
  onPick,
  onChange,
  onRemove,
}: Omit<CriterionRowProps, "isGone">) {
  const value = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isNew) value.current?.querySelector<HTMLElement>("input, select, button")?.focus();
  }, [isNew]);
  const kind = field?.kind ?? "text";
  return (
    <div className="criteria__row">
      <What fields={fields} field={field} name={criterion.field} onPick={onPick} />
      <How
        kind={kind}
        operator={criterion.operator}
        onPick={(operator) => onChange(withOperator(criterion, operator))}
      />
      <div className="criteria__value" ref={value}>
        {needsValue(criterion.operator) && (
          <ValueField
            kind={kind}
            operator={criterion.operator}
            choices={field?.choices ?? []}
            values={criterion.values}
            zone={field?.isDay === true ? null : zone}
            onChange={(values) => onChange({ field: criterion.field, operator: criterion.operator, values })}
          />
        )}
      </div>
      <Remove onRemove={onRemove} />
    </div>
  );
}

interface WhatProps {
  fields: readonly Field[];
  field: Field | null;
  name: string;
  onPick: (field: Field) => void;
}

function What({ fields, field, name, onPick }: WhatProps) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const Icon = field?.icon;
  const full = field === null ? name : fullNameOf(field);
  return (
    <>
      <button
        type="button"
        className="field__input criteria__what"
        aria-haspopup="dialog"
        aria-label={`${words.field}: ${full}`}
        title={full}
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        {Icon !== undefined && <Icon size={14} aria-hidden="true" />}
        <span className="criteria__name" dir="auto">
          {field === null ? (
            name
          ) : (
            <>
              <span className="criteria__group">{field.group} · </span>
              {field.name}
            </>
          )}
        </span>
        <ChevronDown size={14} aria-hidden="true" />
      </button>
      {anchor !== null && (
        <FieldPicker
          fields={fields}
          chosen={name}
          anchor={anchor}
          onPick={onPick}
          onClose={() => setAnchor(null)}
        />
      )}
    </>
  );
}

interface HowProps {
  kind: Field["kind"];
  operator: Operator;
  onPick: (operator: Operator) => void;
}

function How({ kind, operator, onPick }: HowProps) {
  const known = OPERATORS[kind];
  // One that a program wrote is not silently another.
  const operators = known.includes(operator) ? known : [operator, ...known];
  return (
    <select
      className="field__input criteria__how"
      aria-label={words.operator}
      value={operator}
      onChange={({ target }) => {
        const picked = operators.find((one) => one === target.value);
        if (picked !== undefined) onPick(picked);
      }}
    >
      {operators.map((one) => (
        <option key={one} value={one}>
          {words.operators[kind][one] ?? one}
        </option>
      ))}
    </select>
  );
}

function Remove({ onRemove }: { onRemove: () => void }) {
  return (
    <button
      type="button"
      className="icon-button criteria__remove"
      aria-label={words.removeCriterion}
      onClick={onRemove}
    >
      <X size={14} aria-hidden="true" />
    </button>
  );
}

/** A value that another operator cannot be compared with is not kept. */
function withOperator({ field, operator: before, values }: Criterion, operator: Operator): Criterion {
  const isKept = needsValue(operator) && isOfDays(operator) === isOfDays(before);
  return { field, operator, values: isKept ? values : [] };
}
