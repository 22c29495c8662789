import { useEffect, useId, useRef, useState } from "react";

import { useFocused } from "../../app/use-focused.ts";
import {
  type Attribute,
  KINDS,
  type Kind,
  type Lacks,
  mayBeMany,
  TARGETS,
} from "../../attributes/attribute.ts";
import { Select, TextArea, TextField, Tick } from "../../forms/Fields.tsx";
import { words } from "./en.ts";
import { treeAsText, treeFromText } from "./tree.ts";

interface AttributeFieldsProps {
  attribute: Attribute;
  isNew: boolean;
  lacks: Lacks;
  onChange: (patch: Partial<Attribute>) => void;
}

/** The fields that make an attribute. */
export function AttributeFields({ attribute, isNew, lacks, onChange }: AttributeFieldsProps) {
  const first = useFocused(isNew);
  const { kind } = attribute;
  // What was readable once is on timelines, so only a new one can be sensitive.
  const [wasSensitive] = useState(attribute.isSensitive);
  return (
    <div className="fields">
      <TextField
        ref={first}
        label={words.displayName}
        value={attribute.displayName}
        placeholder={isNew ? words.displayNamePlaceholder : undefined}
        maxLength={255}
        autoComplete="off"
        problem={lacks.displayName && words.lacks.displayName[lacks.displayName]}
        onChange={(event) => onChange({ displayName: event.target.value })}
      />
      <KindChoice
        kind={kind}
        isFixed={!isNew}
        onPick={(picked) => onChange({ kind: picked, isMany: false })}
      />
      {kind === "choice" && <Choices attribute={attribute} lacks={lacks} onChange={onChange} />}
      {kind === "levels" && <Levels attribute={attribute} lacks={lacks} onChange={onChange} />}
      {kind === "number" && (
        <Tick
          label={words.isPlain}
          hint={words.isPlainHint}
          isOn={attribute.isPlain}
          onTick={(isPlain) => onChange({ isPlain })}
        />
      )}
      {kind === "reference" && (
        <Select
          label={words.target}
          value={attribute.target}
          options={targetsFor(attribute.target)}
          onPick={(target) => onChange({ target })}
        />
      )}
      {mayBeMany(kind) && isNew && (
        <Tick label={words.isMany} isOn={attribute.isMany} onTick={(isMany) => onChange({ isMany })} />
      )}
      <TextField
        label={words.name}
        hint={isNew ? words.nameHint : words.nameFixed}
        value={attribute.name}
        readOnly={!isNew}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        problem={lacks.name && words.lacks.name[lacks.name]}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <TextField
        label={words.description}
        hint={words.descriptionHint}
        value={attribute.description}
        maxLength={500}
        autoComplete="off"
        onChange={(event) => onChange({ description: event.target.value })}
      />
      <Tick
        label={words.isRequired}
        hint={words.isRequiredHint}
        isOn={attribute.isRequired}
        onTick={(isRequired) => onChange(isRequired ? { isRequired, isSensitive: false } : { isRequired })}
      />
      {(isNew || wasSensitive) && (
        <Tick
          label={words.isSensitive}
          hint={isNew ? words.isSensitiveHint : words.isSensitiveFixed}
          isOn={attribute.isSensitive}
          // Only administrators could write it, and everybody would have to.
          onTick={(isSensitive) =>
            onChange(isSensitive ? { isSensitive, isRequired: false } : { isSensitive })
          }
        />
      )}
    </div>
  );
}

/** Records that every organisation has, and what the attribute refers to if that is another. */
function targetsFor(current: string): (readonly [string, string])[] {
  const named: (readonly [string, string])[] = TARGETS.map((target) => [target, words.targets[target]]);
  return named.some(([target]) => target === current) ? named : [...named, [current, current]];
}

interface KindChoiceProps {
  kind: Kind;
  isFixed: boolean;
  onPick: (kind: Kind) => void;
}

function KindChoice({ kind, isFixed, onPick }: KindChoiceProps) {
  const name = useId();
  if (isFixed) {
    return (
      <div className="field">
        <span className="field__label">{words.kind}</span>
        <span>{words.kinds[kind].name}</span>
        <span className="field__hint">{words.kindFixed}</span>
      </div>
    );
  }
  return (
    <fieldset className="attribute-kinds">
      <legend className="field__label">{words.kind}</legend>
      <div className="attribute-kinds__all">
        {KINDS.map((one) => (
          <label key={one} className="attribute-kinds__kind">
            <input
              type="radio"
              className="attribute-kinds__radio"
              name={name}
              checked={one === kind}
              onChange={() => onPick(one)}
            />
            <span className="attribute-kinds__name">{words.kinds[one].name}</span>
            <span className="attribute-kinds__example">{words.kinds[one].example}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type PartProps = Pick<AttributeFieldsProps, "attribute" | "lacks" | "onChange">;

/** What is written stays as it is written, empty lines and all, for as long as the sheet is open. */
function Choices({ attribute, lacks, onChange }: PartProps) {
  const ref = useBroughtUp();
  const [written, setWritten] = useState(attribute.choices.join("\n"));
  return (
    <TextArea
      ref={ref}
      label={words.choices}
      hint={words.choicesHint}
      problem={lacks.choices && words.lacks.choices[lacks.choices]}
      rows={4}
      value={written}
      onChange={(event) => {
        setWritten(event.target.value);
        onChange({ choices: linesOf(event.target.value) });
      }}
    />
  );
}

function Levels({ attribute, lacks, onChange }: PartProps) {
  const ref = useBroughtUp();
  const [before] = useState(attribute.tree);
  const [written, setWritten] = useState(treeAsText(before));
  return (
    <TextArea
      ref={ref}
      label={words.tree}
      hint={words.treeHint}
      problem={lacks.tree && words.lacks.tree[lacks.tree]}
      rows={6}
      spellCheck={false}
      value={written}
      onChange={(event) => {
        setWritten(event.target.value);
        onChange({ tree: treeFromText(event.target.value, before) });
      }}
    />
  );
}

/** What a choice above has brought forth is below the edge of a low window: it comes into sight. */
function useBroughtUp() {
  const ref = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    ref.current?.closest(".field")?.scrollIntoView?.({ block: "nearest" });
  }, []);
  return ref;
}

function linesOf(written: string): string[] {
  const lines = written.split("\n").map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ""))];
}
