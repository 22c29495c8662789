import { useState } from "react";
import { draftOf, isChosen, valueFrom } from "../attributes/attribute-values.ts";
import type { Declared } from "../attributes/declared.ts";
import { words as attributeWords } from "../attributes/en.ts";
import { type Option, Picker } from "../picker/Picker.tsx";
import { words } from "./en.ts";
import { TextEditor } from "./TextEditor.tsx";

interface ValueEditorProps {
  declared: Declared;
  value: unknown;
  problem: string | null;
  anchor: DOMRect | null;
  onSave: (value: unknown) => void;
  onClose: () => void;
}

/** What is chosen is picked from a list by typing; the rest is typed. */
export function ValueEditor(props: ValueEditorProps) {
  return isChosen(props.declared) ? <Chooser {...props} /> : <Field {...props} />;
}

const INPUTS = { Num: "decimal", At: "datetime-local", Date: "date", Url: "url" } as const;

function Field({ declared, value, problem, onSave, onClose }: ValueEditorProps) {
  const [unreadable, setUnreadable] = useState(false);
  const input = declared.type in INPUTS ? INPUTS[declared.type as keyof typeof INPUTS] : "text";
  return (
    <TextEditor
      label={declared.label}
      value={draftOf(declared, value)}
      type={declared.isList ? "text" : input}
      isLong={declared.isList || declared.type === "Txt"}
      problem={unreadable ? attributeWords.unreadable[declared.type] : problem}
      onSave={(draft) => {
        const next = valueFrom(declared, draft);
        if (next === undefined) setUnreadable(true);
        else onSave(next);
      }}
      onUnreadable={() => setUnreadable(true)}
      onCancel={onClose}
    />
  );
}

const CLEAR = "";

function Chooser({ declared, value, anchor, onSave, onClose }: ValueEditorProps) {
  const chosen = [value].flat().map(String);
  const options: Option[] =
    declared.type === "Bool"
      ? [
          { id: "true", label: attributeWords.yes, isChosen: value === true },
          { id: "false", label: attributeWords.no, isChosen: value === false },
        ]
      : declared.choices.map((choice) => ({
          id: choice.value,
          label: `${"\u2003".repeat(choice.depth)}${choice.label}`,
          hint: choice.depth > 0 ? choice.value.split(".").slice(0, -1).join(" › ") : undefined,
          isChosen: chosen.includes(choice.value),
        }));
  if (!declared.isRequired) options.push({ id: CLEAR, label: words.clear });
  const pick = ({ id }: Option) => {
    if (id === CLEAR) onSave(null);
    else if (declared.type === "Bool") onSave(id === "true");
    else if (!declared.isList) onSave(id);
    else onSave(toggled(Array.isArray(value) ? value.map(String) : [], id));
  };
  return (
    <Picker
      title={declared.label}
      placeholder={words.choose}
      options={options}
      anchor={anchor}
      onPick={pick}
      onClose={onClose}
    />
  );
}

function toggled(values: readonly string[], value: string): readonly string[] | null {
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return next.length === 0 ? null : next;
}
