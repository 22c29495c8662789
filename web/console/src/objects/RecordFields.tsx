import { Lock } from "lucide-react";
import { useId } from "react";
import type { Declared } from "../attributes/declared.ts";
import { words as attributeWords } from "../attributes/en.ts";
import { Select, TextArea, TextField, Tick } from "../forms/Fields.tsx";
import { type Draft, textIn } from "./draft.ts";
import { words } from "./en.ts";

interface RecordFieldsProps {
  attributes: readonly Declared[];
  draft: Draft;
  /** Names of those that this agent may not read. */
  masked: readonly string[];
  /** What is wrong, by name. */
  problems: Readonly<Record<string, string>>;
  onChange: (name: string, text: string) => void;
}

/** The attributes of a record as fields, each by its type. */
export function RecordFields({ attributes, draft, masked, problems, onChange }: RecordFieldsProps) {
  return attributes.map((attribute) =>
    masked.includes(attribute.name) ? (
      <Masked key={attribute.name} label={attribute.label} />
    ) : (
      <RecordField
        key={attribute.name}
        attribute={attribute}
        text={textIn(draft, attribute.name)}
        problem={problems[attribute.name]}
        onChange={(text) => onChange(attribute.name, text)}
      />
    ),
  );
}

function Masked({ label }: { label: string }) {
  return (
    <div className="field">
      <span className="field__label">{label}</span>
      <span className="record-fields__masked">
        <Lock size={12} aria-hidden="true" />
        {attributeWords.maskedHint}
      </span>
    </div>
  );
}

interface RecordFieldProps {
  attribute: Declared;
  text: string;
  problem: string | undefined;
  onChange: (text: string) => void;
}

const INPUTS = { At: "datetime-local", Date: "date", Url: "url" } as const;

function RecordField({ attribute, text, problem, onChange }: RecordFieldProps) {
  const { label, type, choices, isList, isRequired } = attribute;
  const hint = attribute.description === "" ? undefined : attribute.description;
  const common = { label: isRequired ? words.required(label) : label, hint, problem };
  if (choices.length > 0 && isList) return <Choices {...{ attribute, text, onChange }} {...common} />;
  if (type === "Bool" || choices.length > 0)
    return <Select {...common} value={text} options={optionsOf(attribute, text)} onPick={onChange} />;
  if (type === "Txt" || isList) {
    const about = isList ? (hint ?? words.oneEach) : hint;
    return (
      <TextArea {...common} hint={about} value={text} onChange={(event) => onChange(event.target.value)} />
    );
  }
  const input = type in INPUTS ? INPUTS[type as keyof typeof INPUTS] : "text";
  return (
    <TextField
      {...common}
      type={input}
      inputMode={type === "Num" ? "decimal" : undefined}
      value={text}
      autoComplete="off"
      dir="auto"
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** What may be chosen; what stands there stays among it when it is no choice any more. */
function optionsOf(
  { type, choices, isRequired }: Declared,
  text: string,
): readonly (readonly [value: string, name: string])[] {
  const offered: (readonly [string, string])[] =
    type === "Bool"
      ? [
          ["true", attributeWords.yes],
          ["false", attributeWords.no],
        ]
      : choices.map(({ value, label, depth }) => [value, `${"\u2003".repeat(depth)}${label}`]);
  const isKnown = text === "" || offered.some(([value]) => value === text);
  const none: readonly (readonly [string, string])[] = isRequired && text !== "" ? [] : [["", words.none]];
  return [...none, ...(isKnown ? [] : [[text, text] as const]), ...offered];
}

interface ChoicesProps {
  attribute: Declared;
  text: string;
  label: string;
  problem: string | undefined;
  onChange: (text: string) => void;
}

function Choices({ attribute, text, label, problem, onChange }: ChoicesProps) {
  const id = useId();
  const chosen = text.split("\n").filter((one) => one !== "");
  const toggle = (value: string, isOn: boolean) => {
    const others = chosen.filter((one) => one !== value);
    onChange((isOn ? [...others, value] : others).join("\n"));
  };
  return (
    <fieldset className="record-fields__choices" aria-describedby={id}>
      <legend className="field__label">{label}</legend>
      {attribute.choices.map(({ value, label: name }) => (
        <Tick key={value} label={name} isOn={chosen.includes(value)} onTick={(isOn) => toggle(value, isOn)} />
      ))}
      <span id={id} className="field__problem">
        {problem}
      </span>
    </fieldset>
  );
}
