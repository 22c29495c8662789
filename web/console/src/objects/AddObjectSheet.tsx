import { newId } from "@kithdesk/api-client";
import { useEffect, useRef, useState } from "react";

import { wordsFor } from "../api/errors.ts";
import { loadDeclared } from "../attributes/store.ts";
import { Tick } from "../forms/Fields.tsx";
import { type Option, Picker } from "../picker/Picker.tsx";
import { Sheet } from "../picker/Sheet.tsx";
import { useSession } from "../session/session.ts";
import { showToast } from "../toast/toast.ts";
import { type Draft, newDraft } from "./draft.ts";
import { words } from "./en.ts";
import { useCreatable } from "./klasses.ts";
import { linkTo } from "./links.ts";
import { ObjectForm } from "./ObjectForm.tsx";
import { ObjectIcon } from "./ObjectIcon.tsx";
import { NO_PROBLEMS, problemsFrom } from "./problems.ts";
import { createRecord, type RecordBody, removeRecord } from "./record.ts";
import { type Place, useObjectSheet } from "./sheet.ts";
import type { Klass } from "./types.ts";
import { useDeclared } from "./use-record.ts";
import "../forms/forms.css";

interface AddObjectSheetProps {
  anchor: DOMRect | null;
  onClose: () => void;
}

/** A record that an agent adds: of which kind, where there are several, and what it says. */
export function AddObjectSheet({ anchor, onClose }: AddObjectSheetProps) {
  const place = useObjectSheet((opened) => opened.place);
  const klasses = useCreatable();
  const [picked, setPicked] = useState<Klass | null>(null);
  const klass = picked ?? (klasses.length === 1 ? klasses[0] : undefined);
  if (place === null) return null;
  if (klass !== undefined) return <AddOne klass={klass} place={place} onClose={onClose} />;
  return (
    <Picker
      title={words.add}
      placeholder={words.addWhich}
      options={klasses.map(asOption)}
      anchor={anchor}
      onPick={({ id }) => setPicked(klasses.find(({ name }) => name === id) ?? null)}
      onClose={onClose}
      footer={klasses.length === 0 ? words.nothingToAdd : undefined}
    />
  );
}

function asOption({ name, displayName, icon }: Klass): Option {
  return { id: name, label: displayName, icon: <ObjectIcon icon={icon} color={null} /> };
}

interface AddOneProps {
  klass: Klass;
  place: Place;
  onClose: () => void;
}

const NOTHING: Draft = {};

function AddOne({ klass, place, onClose }: AddOneProps) {
  const isAdmin = useSession(({ me }) => me?.isAdmin === true);
  const declared = useDeclared(klass.name);
  const [hasFailed, setFailed] = useState(false);
  const [draft, setDraft] = useState<Draft>(NOTHING);
  const [isAbout, setAbout] = useState(true);
  const [found, setFound] = useState(NO_PROBLEMS);
  const [isBusy, setBusy] = useState(false);
  const keyOf = useKeys();
  useEffect(() => {
    loadDeclared(klass.name).catch(() => setFailed(true));
  }, [klass.name]);
  // A value that one may not read cannot be written either.
  const attributes = (declared ?? []).filter(({ isSensitive }) => isAdmin || isSensitive !== true);
  const now = { ...newDraft(attributes), ...draft };
  const title = words.addTitle(klass.displayName.toLowerCase());

  const add = async (body: RecordBody) => {
    setBusy(true);
    setFound(NO_PROBLEMS);
    try {
      const id = await createRecord({ customer: place.customer, klass: klass.name }, body, keyOf(body));
      onClose();
      sayAdded(klass, id);
      if (isAbout && place.conversation !== null) await putToOrSay(id, place.conversation);
    } catch (error) {
      setFound(problemsFrom(error, attributes));
      setBusy(false);
    }
  };
  return (
    <Sheet title={title} anchor={null} onClose={onClose} className="sheet--record">
      <ObjectForm
        title={title}
        text={hasFailed ? words.failed : undefined}
        attributes={attributes}
        before={NOTHING}
        draft={now}
        hasTitle={klass.cardTitle === null}
        problems={found.byName}
        problem={found.problem}
        isBusy={isBusy || declared === null}
        submit={words.addOne(klass.displayName.toLowerCase())}
        foot={place.conversation !== null && <Tick label={words.isAbout} isOn={isAbout} onTick={setAbout} />}
        onChange={(name, text) => setDraft((before) => ({ ...before, [name]: text }))}
        onSubmit={(body) => void add(body)}
        onClose={onClose}
      />
    </Sheet>
  );
}

/** What is sent again after no answer came is the same record; what was changed since is another question. */
function useKeys(): (body: RecordBody) => string {
  const last = useRef({ said: "", key: "" });
  return (body) => {
    const said = JSON.stringify(body);
    if (said !== last.current.said) last.current = { said, key: newId() };
    return last.current.key;
  };
}

function sayAdded({ name, displayName, isEditable }: Klass, id: string): void {
  const run = () => {
    removeRecord(name, id).catch((error: unknown) =>
      showToast(words.notRemoved(wordsFor(error)), { tone: "problem" }),
    );
  };
  const action = { label: words.undo, run, isUndo: true };
  showToast(words.added(displayName), isEditable ? { action } : {});
}

async function putToOrSay(id: string, conversation: string): Promise<void> {
  try {
    await linkTo(id, conversation);
  } catch (error) {
    showToast(words.notLinked(wordsFor(error)), { tone: "problem" });
  }
}
