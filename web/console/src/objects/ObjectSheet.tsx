import { useState } from "react";
import { hasMovedOn } from "../api/errors.ts";
import { Fact } from "../app/Fact.tsx";
import { isEmpty, isMasked, wordsOfValue } from "../attributes/attribute-values.ts";
import type { Declared } from "../attributes/declared.ts";
import { words as attributeWords } from "../attributes/en.ts";
import { Sheet } from "../picker/Sheet.tsx";
import { showToast } from "../toast/toast.ts";
import { bodyFrom, isNothing } from "./draft.ts";
import { words } from "./en.ts";
import { useKlasses } from "./klasses.ts";
import { fullNameOf } from "./names.ts";
import { ObjectForm } from "./ObjectForm.tsx";
import { NO_PROBLEMS, problemsFrom } from "./problems.ts";
import { RemoveObject } from "./RemoveObject.tsx";
import { changeRecord, type ObjectRecord, type RecordBody } from "./record.ts";
import { useObjectSheet } from "./sheet.ts";
import type { KObject } from "./types.ts";
import { type Editing, useDeclared, useRecord } from "./use-record.ts";
import "../forms/forms.css";

const TRIES = 3;

/** A record whole: as a form where agents change it, else as it stands, with who keeps it. */
export function ObjectSheet({ onClose }: { onClose: () => void }) {
  const object = useObjectSheet((opened) => opened.object);
  return object === null ? null : <OpenObject object={object} onClose={onClose} />;
}

function OpenObject({ object, onClose }: { object: KObject; onClose: () => void }) {
  const { loaded, load, change } = useRecord(object);
  const attributes = useDeclared(object.klass) ?? [];
  const klass = useKlasses(({ klasses }) => klasses.get(object.klass));
  const [isRemoving, setRemoving] = useState(false);
  const title = fullNameOf(object);
  if (loaded.state !== "ready") {
    return (
      <Sheet title={title} anchor={null} onClose={onClose}>
        <Waiting title={title} state={loaded.state} onRetry={() => void load()} onClose={onClose} />
      </Sheet>
    );
  }
  const { editing } = loaded;
  const isOpen = editing.record.keptBy === null && klass?.isEditable === true;
  return (
    <>
      <Sheet title={title} anchor={null} onClose={onClose} className={isOpen ? "sheet--record" : ""}>
        {isOpen ? (
          <Form
            object={object}
            editing={editing}
            attributes={attributes}
            hasTitle={klass?.cardTitle === null || editing.record.title !== ""}
            load={load}
            onChange={change}
            onRemove={() => setRemoving(true)}
            onClose={onClose}
          />
        ) : (
          <AsItStands title={title} record={editing.record} attributes={attributes} onClose={onClose} />
        )}
      </Sheet>
      {isOpen && isRemoving && (
        <RemoveObject object={object} klass={klass} onCancel={() => setRemoving(false)} onRemoved={onClose} />
      )}
    </>
  );
}

interface FormProps {
  object: KObject;
  editing: Editing;
  attributes: readonly Declared[];
  hasTitle: boolean;
  load: () => Promise<Editing | null>;
  onChange: (name: string, text: string) => void;
  onRemove: () => void;
  onClose: () => void;
}

function Form({ object, editing, attributes, hasTitle, load, onChange, onRemove, onClose }: FormProps) {
  const [found, setFound] = useState(NO_PROBLEMS);
  const [isBusy, setBusy] = useState(false);
  const masked = attributes
    .filter(({ name }) => isMasked(editing.record.custom[name]))
    .map(({ name }) => name);
  const open = attributes.filter(({ name }) => !masked.includes(name));

  const write = async (now: Editing, body: RecordBody, triesLeft = TRIES): Promise<void> => {
    if (isNothing(body)) return onClose();
    try {
      await changeRecord(now.record, body);
      onClose();
      showToast(words.saved(fullNameOf(object)));
    } catch (error) {
      const fresh = hasMovedOn(error) && triesLeft > 1 ? await load() : null;
      if (fresh === null) return fail(error);
      // Where both changed the same, the agent decides.
      if (Object.keys(fresh.theirs).length > 0) return setBusy(false);
      await write(fresh, bodyFrom(open, fresh.before, fresh.mine).body, triesLeft - 1);
    }
  };
  const fail = (error: unknown) => {
    setFound(problemsFrom(error, open));
    setBusy(false);
  };
  const submit = (body: RecordBody) => {
    setBusy(true);
    setFound(NO_PROBLEMS);
    void write(editing, body);
  };
  const both = Object.entries(editing.theirs).map(([name, text]) => [
    name,
    words.theirs(shown(open, name, text)),
  ]);
  return (
    <ObjectForm
      title={words.editTitle(fullNameOf(object))}
      attributes={attributes}
      before={editing.before}
      draft={editing.mine}
      masked={masked}
      hasTitle={hasTitle}
      problems={{ ...Object.fromEntries(both), ...found.byName }}
      problem={both.length > 0 ? words.changedMeanwhile : found.problem}
      isBusy={isBusy}
      submit={words.save}
      onRemove={onRemove}
      onChange={onChange}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}

/** A choice by the name it was given. */
function shown(attributes: readonly Declared[], name: string, text: string): string {
  const attribute = attributes.find((one) => one.name === name);
  return attribute === undefined || text === "" ? text : wordsOfValue(attribute, text);
}

interface AsItStandsProps {
  title: string;
  record: ObjectRecord;
  attributes: readonly Declared[];
  onClose: () => void;
}

function AsItStands({ title, record, attributes, onClose }: AsItStandsProps) {
  const filled = attributes.filter(({ name }) => !isEmpty(record.custom[name]));
  return (
    <div className="sheet-form">
      <h2 className="sheet-form__title">{title}</h2>
      <dl className="facts">
        {filled.map((attribute) => (
          <Fact key={attribute.name} label={attribute.label} hint={attribute.description}>
            {isMasked(record.custom[attribute.name])
              ? attributeWords.maskedHint
              : wordsOfValue(attribute, record.custom[attribute.name])}
          </Fact>
        ))}
      </dl>
      <p className="sheet-form__text">{words.keptBy[record.keptBy ?? "program"]}</p>
      <div className="sheet-form__actions">
        <button type="button" className="button" onClick={onClose}>
          {words.close}
        </button>
      </div>
    </div>
  );
}

interface WaitingProps {
  title: string;
  state: "loading" | "failed" | "gone";
  onRetry: () => void;
  onClose: () => void;
}

function Waiting({ title, state, onRetry, onClose }: WaitingProps) {
  return (
    <div className="sheet-form">
      <h2 className="sheet-form__title">{title}</h2>
      {state === "loading" ? (
        <div aria-hidden="true">
          <span className="skeleton skeleton--name" />
          <span className="skeleton skeleton--text" />
          <span className="skeleton skeleton--text" />
        </div>
      ) : (
        <p className="sheet-form__text" role="alert">
          {state === "gone" ? words.gone : words.failed}{" "}
          {state === "failed" && (
            <button type="button" className="text-button" onClick={onRetry}>
              {words.tryAgain}
            </button>
          )}
        </p>
      )}
      <div className="sheet-form__actions">
        <button type="button" className="button" onClick={onClose}>
          {words.close}
        </button>
      </div>
    </div>
  );
}
