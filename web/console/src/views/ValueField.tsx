import { useId } from "react";

import type { Named } from "../desk/types.ts";
import { type FieldKind, isOfDays, type Operator } from "./criteria.ts";
import { words } from "./en.ts";

interface ValueFieldProps {
  kind: FieldKind;
  operator: Operator;
  choices: readonly Named[];
  values: readonly string[];
  /** Where the days are, when they are not the reader's. */
  zone: string | null;
  onChange: (values: readonly string[]) => void;
}

/** What it is compared with. */
export function ValueField({ kind, operator, choices, values, zone, onChange }: ValueFieldProps) {
  const [value = ""] = values;
  switch (kind) {
    case "choice":
      return <Choices choices={choices} values={values} onChange={onChange} />;
    case "age":
      if (isOfDays(operator)) return <Day value={value} zone={zone} onChange={onChange} />;
      return <One value={value} options={words.ages} onChange={onChange} />;
    case "soon":
      return <One value={value} options={words.soon} onChange={onChange} />;
    case "yesno":
      return <One value={value} options={YES_NO} onChange={onChange} />;
    case "number":
      return <Typed type="number" value={value} onChange={onChange} />;
    case "phone":
      return <Typed type="tel" value={value} onChange={onChange} />;
    case "text":
    case "words":
      return <Typed type="text" value={value} onChange={onChange} />;
  }
}

const YES_NO = [
  ["true", words.yesno.true],
  ["false", words.yesno.false],
] as const;

interface DayProps {
  value: string;
  zone: string | null;
  onChange: (values: readonly string[]) => void;
}

function Day({ value, zone, onChange }: DayProps) {
  const id = useId();
  if (zone === null) return <Typed type="date" value={value} onChange={onChange} />;
  return (
    <>
      <Typed type="date" value={value} describedBy={id} onChange={onChange} />
      <p className="field__hint" id={id}>
        {words.daysOf(zone)}
      </p>
    </>
  );
}

interface TypedProps {
  type: "text" | "tel" | "number" | "date";
  value: string;
  describedBy?: string;
  onChange: (values: readonly string[]) => void;
}

function Typed({ type, value, describedBy, onChange }: TypedProps) {
  return (
    <input
      className="field__input"
      type={type}
      step={type === "number" ? "any" : undefined}
      aria-label={words.value}
      aria-describedby={describedBy}
      autoComplete="off"
      maxLength={255}
      value={value}
      onChange={(event) => onChange([event.target.value])}
    />
  );
}

interface OneProps {
  value: string;
  options: readonly (readonly [value: string, name: string])[];
  onChange: (values: readonly string[]) => void;
}

function One({ value, options, onChange }: OneProps) {
  const isKnown = value === "" || options.some(([one]) => one === value);
  return (
    <select
      className="field__input"
      aria-label={words.value}
      value={value}
      onChange={(event) => onChange(event.target.value === "" ? [] : [event.target.value])}
    >
      <option value="">{words.pick}</option>
      {/* What a program wrote is shown, though nobody could choose it here. */}
      {!isKnown && <option value={value}>{value}</option>}
      {options.map(([one, name]) => (
        <option key={one} value={one}>
          {name}
        </option>
      ))}
    </select>
  );
}

type ChoicesProps = Pick<ValueFieldProps, "choices" | "values" | "onChange">;

/** Some of a few, each on or off. */
function Choices({ choices, values, onChange }: ChoicesProps) {
  const toggle = (id: string) =>
    onChange(values.includes(id) ? values.filter((one) => one !== id) : [...values, id]);
  // What is chosen and no longer there is shown, or nobody could take it away.
  const gone = values.filter((value) => !choices.some(({ id }) => id === value));
  const all = [...choices, ...gone.map((id) => ({ id, name: id }))];
  if (all.length === 0) return <p className="field__hint">{words.none}</p>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is a box with a legend in its border
    <div className="choices" role="group" aria-label={words.values}>
      {all.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          className="choices__choice"
          aria-pressed={values.includes(id)}
          onClick={() => toggle(id)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
