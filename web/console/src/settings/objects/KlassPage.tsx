import { useCallback, useEffect, useRef, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { goToSettings } from "../../navigation/navigation.ts";
import { showToast } from "../../toast/toast.ts";
import { NothingYet, Page, Part, WhenLoaded } from "../Page.tsx";
import { RemoveSheet } from "../RemoveSheet.tsx";
import { useLoaded } from "../use-loaded.ts";
import { loadKlasses, removeKlass, saveKlass } from "./api.ts";
import { CardFields } from "./CardFields.tsx";
import { CardPreview } from "./CardPreview.tsx";
import { draftOf, keepDraft } from "./drafts.ts";
import { words } from "./en.ts";
import { HowMade } from "./HowMade.tsx";
import { KlassAttributes } from "./KlassAttributes.tsx";
import { KlassFields } from "./KlassFields.tsx";
import { type Klass, NEW_KLASS } from "./klass.ts";
import { lacks } from "./lacks.ts";

/** One kind of record, or one that is being made (`null`). */
export function KlassPage({ name }: { name: string | null }) {
  const { loaded, reload } = useLoaded(loadKlasses);
  if (loaded.state === "ready") {
    const klass = name === null ? NEW_KLASS : loaded.data.find((one) => one.name === name);
    if (klass !== undefined)
      return <Editor klass={klass} others={loaded.data.filter((one) => one !== klass)} />;
  }
  return (
    <Page title={name ?? words.newTitle} text={words.text} back={["objects"]}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {() => <NothingYet title={words.goneTitle} text={words.goneText} />}
      </WhenLoaded>
    </Page>
  );
}

function Editor({ klass, others }: { klass: Klass; others: readonly Klass[] }) {
  const [kept] = useState(() => draftOf(klass));
  const [draft, setDraft] = useState(kept ?? klass);
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const change = useCallback((patch: Partial<Klass>) => setDraft((before) => ({ ...before, ...patch })), []);
  useEffect(() => keepDraft(klass, draft === klass ? null : draft), [klass, draft]);
  const how = useRef<HTMLDivElement>(null);
  const missing = lacks(draft, others);
  const isNew = klass.id === null;
  const save = async () => {
    setAsked(true);
    if (Object.keys(missing).length > 0) return;
    setBusy(true);
    try {
      const saved = await saveKlass(draft, klass);
      keepDraft(klass, null);
      showToast(words.saved(saved.displayName));
      goToSettings("objects");
    } catch (error) {
      setBusy(false);
      showToast(words.saveFailed(wordsFor(error)), { tone: "problem" });
    }
  };
  const remove = async (id: string) => {
    await removeKlass(id);
    showToast(words.removed(klass.displayName));
    goToSettings("objects");
  };

  const saveButton = (
    <button
      type="button"
      className="button button--primary"
      disabled={isBusy || (draft === klass && !isNew)}
      onClick={() => void save()}
    >
      {words.save}
    </button>
  );
  return (
    <Page
      title={isNew ? words.newTitle : klass.pluralName}
      text={
        <>
          {isNew ? words.newText : words.oneText(klass.pluralName)} {words.made}{" "}
          <button type="button" className="text-button" onClick={() => how.current?.focus()}>
            {words.toMade}
          </button>
        </>
      }
      back={["objects"]}
      action={saveButton}
    >
      {kept !== null && draft !== klass && (
        <p className="unsaved" role="status">
          {words.unsaved}
          <button type="button" className="text-button" onClick={() => setDraft(klass)}>
            {words.discard}
          </button>
        </p>
      )}
      <div className="with-preview">
        <div className="with-preview__main">
          <Part title={words.what}>
            <KlassFields klass={draft} others={others} lacks={isAsked ? missing : {}} onChange={change} />
          </Part>
          <KlassAttributes klass={draft} onChange={change} />
          <Part title={words.card} text={words.cardText}>
            <CardFields klass={draft} onChange={change} />
          </Part>
        </div>
        <div className="with-preview__preview">
          <p className="with-preview__title">{words.previewTitle}</p>
          <CardPreview klass={draft} />
          <p className="field__hint">{words.previewText}</p>
        </div>
      </div>
      <HowMade ref={how} klass={draft} />
      {klass.id !== null && (
        <button
          type="button"
          className="button button--quiet settings-page__remove"
          onClick={() => setRemoving(true)}
        >
          {words.remove}
        </button>
      )}
      {isRemoving && klass.id !== null && (
        <RemoveSheet
          title={words.removeTitle(klass.pluralName)}
          text={words.removeText}
          words={words}
          onRemove={() => remove(klass.id ?? "")}
          onClose={() => setRemoving(false)}
        />
      )}
    </Page>
  );
}
