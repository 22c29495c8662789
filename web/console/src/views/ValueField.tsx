import type { Named } from "../desk/types.ts";
import type { FieldKind } from "./criteria.ts";
import { words } from "./en.ts";

interface ValueFieldProps {
  kind: FieldKind;
  choices: readonly Named[];
  values: readonly string[];
  onChange: (values: readonly string[]) => void;
}

/** What it is compared with. */
export function ValueField({ kind, choices, values, onChange }: ValueFieldProps) {
  const [value = ""] = values;
  switch (kind) {
    case "choice":
      return <Choices choices={choices} values={values} onChange={onChange} />;
    case "age":
      return <One value={value} options={words.ages} onChange={onChange} />;
    case "soon":
      return <One value={value} options={words.soon} onChange={onChange} />;
    case "yesno":
      return (
        <One
          value={value}
          options={[
            ["true", words.yesno.true],
            ["false", words.yesno.false],
          ]}
          onChange={onChange}
        />
      );
    case "text":
    case "number":
      return (
        <input
          className="field__input"
          type={kind === "number" ? "number" : "text"}
          step="any"
          aria-label={words.value}
          autoComplete="off"
          maxLength={255}
          value={value}
          onChange={(event) => onChange([event.target.value])}
        />
      );
  }
}

interface OneProps {
  value: string;
  options: readonly (readonly [value: string, name: string])[];
  onChange: (values: readonly string[]) => void;
}

function One({ value, options, onChange }: OneProps) {
  return (
    <select
      className="field__input"
      aria-label={words.value}
      value={value}
      onChange={(event) => onChange(event.target.value === "" ? [] : [event.target.value])}
    >
      <option value="">{words.pick}</option>
      {options.map(([one, name]) => (
        <option key={one} value={one}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Some of a few, each on or off. */
function Choices({ choices, values, onChange }: Omit<ValueFieldProps, "kind">) {
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
