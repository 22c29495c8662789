import { type FormEvent, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { type Attribute, lacks, NEW_ATTRIBUTE } from "../../attributes/attribute.ts";
import { Sheet } from "../../picker/Sheet.tsx";
import { AttributeFields } from "./AttributeFields.tsx";
import { words } from "./en.ts";
import { FieldPreview } from "./FieldPreview.tsx";
import { suggestName } from "./naming.ts";

interface AttributeSheetProps {
  /** Null adds one. */
  attribute: Attribute | null;
  /** What a new one is called to begin with. */
  called?: string;
  others: readonly Attribute[];
  /** Rejects when it was not saved; the form stays with what was written. */
  onSave: (attribute: Attribute) => Promise<void>;
  onRemove: (attribute: Attribute) => Promise<void>;
  onClose: () => void;
}

/** One attribute: what it is called, what it holds, and how that will look, on one sheet. */
export function AttributeSheet(props: AttributeSheetProps) {
  const { attribute, called = "", others, onSave, onRemove, onClose } = props;
  const isNew = attribute === null;
  const [draft, setDraft] = useState(() => attribute ?? newAttribute(called, others));
  const [hasOwnName, setOwnName] = useState(!isNew);
  const [isAsked, setAsked] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const change = (patch: Partial<Attribute>) => {
    if (patch.name !== undefined) setOwnName(true);
    setDraft((before) => {
      const next = { ...before, ...patch };
      if (hasOwnName || patch.name !== undefined) return next;
      const taken = others.map(({ name }) => name);
      return { ...next, name: suggestName(next.displayName, next.kind, taken) };
    });
  };
  const attempt = (action: Promise<void>) => {
    setBusy(true);
    setProblem(null);
    action.catch((error: unknown) => {
      setBusy(false);
      setProblem(words.failed(wordsFor(error)));
    });
  };
  const missing = lacks(draft, others);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(missing).length === 0) attempt(onSave(draft));
  };

  const title = isNew ? words.addTitle : words.editTitle;
  if (isRemoving && attribute !== null) {
    return (
      <Sheet title={words.removeTitle(attribute.displayName)} anchor={null} onClose={onClose}>
        <div className="sheet-form">
          <h2 className="sheet-form__title">{words.removeTitle(attribute.displayName)}</h2>
          <p className="sheet-form__text">{words.removeText}</p>
          <p className="sheet-form__problem" role="alert">
            {problem}
          </p>
          <div className="sheet-form__actions">
            <button type="button" className="button button--quiet" onClick={() => setRemoving(false)}>
              {words.cancel}
            </button>
            <button
              type="button"
              className="button button--danger"
              disabled={isBusy}
              onClick={() => attempt(onRemove(attribute))}
            >
              {words.remove}
            </button>
          </div>
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet title={title} anchor={null} onClose={onClose} className="sheet--form">
      <form className="sheet-form sheet-form--scrolls" onSubmit={submit} noValidate>
        <h2 className="sheet-form__title">{title}</h2>
        <div className="sheet-form__body with-preview">
          <AttributeFields attribute={draft} isNew={isNew} lacks={isAsked ? missing : {}} onChange={change} />
          <div className="with-preview__preview">
            <p className="with-preview__title">{words.previewTitle}</p>
            <FieldPreview attributes={[draft]} current={draft.name} />
          </div>
        </div>
        <p className="sheet-form__problem" role="alert">
          {problem}
        </p>
        <div className="sheet-form__actions">
          {!isNew && (
            <button
              type="button"
              className="button button--quiet sheet-form__remove"
              onClick={() => setRemoving(true)}
            >
              {words.remove}
            </button>
          )}
          <button type="button" className="button button--quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button button--primary" disabled={isBusy}>
            {words.save}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

function newAttribute(displayName: string, others: readonly Attribute[]): Attribute {
  if (displayName === "") return NEW_ATTRIBUTE;
  const taken = others.map(({ name }) => name);
  return { ...NEW_ATTRIBUTE, displayName, name: suggestName(displayName, NEW_ATTRIBUTE.kind, taken) };
}
