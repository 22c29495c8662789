import { type FormEvent, type ReactNode, useState } from "react";
import type { Declared } from "../attributes/declared.ts";
import { words as attributeWords } from "../attributes/en.ts";
import { TextField } from "../forms/Fields.tsx";
import { bodyFrom, type Draft, missingIn, TITLE, textIn } from "./draft.ts";
import { words } from "./en.ts";
import { RecordFields } from "./RecordFields.tsx";
import type { RecordBody } from "./record.ts";
import "../forms/forms.css";

interface ObjectFormProps {
  title: string;
  /** Below the title: what to know before one begins. */
  text?: string | undefined;
  attributes: readonly Declared[];
  before: Draft;
  draft: Draft;
  masked?: readonly string[];
  /** A record of a kind that names its records by an attribute has a title of its own only where it was given one. */
  hasTitle: boolean;
  /** What the server found wrong, by name. */
  problems: Readonly<Record<string, string>>;
  problem: string | null;
  isBusy: boolean;
  submit: string;
  foot?: ReactNode;
  /** Left out where there is nothing to remove yet. */
  onRemove?: () => void;
  onChange: (name: string, text: string) => void;
  onSubmit: (body: RecordBody) => void;
  onClose: () => void;
}

/** A record as a form. It only draws, and looks whether what was typed can be sent. */
export function ObjectForm(props: ObjectFormProps) {
  const { title, text, attributes, before, draft, masked = [], hasTitle, problem, isBusy, foot } = props;
  const [isAsked, setAsked] = useState(false);
  const [isHalf, setHalf] = useState(false);
  const open = attributes.filter(({ name }) => !masked.includes(name));
  const { body, unreadable } = bodyFrom(open, before, draft);
  // What is required and was empty before the rule came may stay so: only what is cleared here is refused.
  const missing = missingIn(open, draft).filter((name) => isNewOrCleared(name, before, draft));
  const problems: Record<string, string> = { ...props.problems };
  for (const { name, type } of open) {
    if (unreadable.includes(name)) problems[name] = attributeWords.unreadable[type];
    else if (isAsked && missing.includes(name)) problems[name] = words.isRequired;
  }
  const isWrong = missing.length > 0 || unreadable.length > 0;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const half = halfTyped(form);
    setAsked(true);
    setHalf(half !== null);
    if (half !== null) half.focus();
    else if (isWrong) setTimeout(() => focusOnWrong(form));
    else if (!isBusy) props.onSubmit(body);
  };
  return (
    <form className="sheet-form sheet-form--scrolls" onSubmit={submit} noValidate>
      <h2 className="sheet-form__title">{title}</h2>
      <div className="sheet-form__body fields">
        {text !== undefined && <p className="sheet-form__text">{text}</p>}
        {hasTitle && (
          <TextField
            label={words.title}
            value={textIn(draft, TITLE)}
            maxLength={255}
            autoComplete="off"
            dir="auto"
            problem={problems[TITLE]}
            onChange={(event) => props.onChange(TITLE, event.target.value)}
          />
        )}
        <RecordFields
          attributes={attributes}
          draft={draft}
          masked={masked}
          problems={problems}
          onChange={props.onChange}
        />
        {foot}
      </div>
      <p className="sheet-form__problem" role="alert">
        {isHalf ? words.half : problem}
      </p>
      <div className="sheet-form__actions">
        {props.onRemove !== undefined && (
          <button type="button" className="button button--quiet sheet-form__remove" onClick={props.onRemove}>
            {words.remove}
          </button>
        )}
        <button type="button" className="button button--quiet" onClick={props.onClose}>
          {words.cancel}
        </button>
        <button type="submit" className="button button--primary" disabled={isBusy}>
          {props.submit}
        </button>
      </div>
    </form>
  );
}

/** Half of a date: the browser gives nothing for it, and nothing must not be saved. */
function halfTyped(form: HTMLFormElement): HTMLInputElement | null {
  const inputs = [...form.elements].filter((element) => element instanceof HTMLInputElement);
  return inputs.find(({ validity }) => validity.badInput) ?? null;
}

/** Once it is drawn what is wrong: the first of it may be out of sight. */
function focusOnWrong(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
}

/** Of a new record `before` has no text at all. */
function isNewOrCleared(name: string, before: Draft, now: Draft): boolean {
  return !(name in before) || textIn(before, name) !== textIn(now, name);
}
