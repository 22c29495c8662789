import { type FormEvent, useEffect, useMemo, useState } from "react";

import { hasMovedOn, wordsFor } from "../api/errors.ts";
import { useFocused } from "../app/use-focused.ts";
import { Select, TextField, Tick } from "../forms/Fields.tsx";
import { goToList, goToView } from "../navigation/navigation.ts";
import { Sheet } from "../picker/Sheet.tsx";
import { showToast } from "../toast/toast.ts";
import { CriteriaChooser } from "./CriteriaChooser.tsx";
import { asSearch, fromSearch, NEW_QUERIES, type Query } from "./criteria.ts";
import { words } from "./en.ts";
import { kindIn, useFields } from "./fields.ts";
import { countMatches } from "./rows.ts";
import { changeView, createView, removeView, type View } from "./views.ts";
import "../forms/forms.css";
import "./view-sheet.css";

interface ViewSheetProps {
  /** Null makes one. */
  view: View | null;
  onClose: () => void;
}

/** What a view is called, what it shows, and how much that is now. */
export function ViewSheet({ view: given, onClose }: ViewSheetProps) {
  // As it was when it was opened: what others save meanwhile is not what was changed here.
  const [view] = useState(given);
  const [context, setContext] = useState<View["context"]>(view?.context ?? "conversation");
  const fields = useFields(context);
  const first = useFocused(view === null);
  const [name, setName] = useState(view?.name ?? "");
  const [before] = useState(() => (view === null ? null : fromSearch(view.query)));
  const [query, setQuery] = useState<Query | null>(view === null ? NEW_QUERIES[context] : before);
  const [isShared, setShared] = useState(view?.isShared ?? false);
  const [isAsked, setAsked] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const search = useMemo(
    // What is not touched stays as it is written, whatever is known here of its attributes.
    () => (query === null || query === before ? (view?.query ?? {}) : asSearch(query, kindIn(fields))),
    [query, before, fields, view],
  );
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() === "") return;
    const wish = { name: name.trim(), query: search, isShared };
    try {
      const saved = await (view === null ? createView(context, wish) : changeView(view, wish));
      showToast(words.saved(saved.name));
      if (view === null) goToView(saved.id);
      onClose();
    } catch (error) {
      setProblem(hasMovedOn(error) ? words.movedOn : words.failed(wordsFor(error)));
    }
  };
  const remove = async ({ id, name: removed }: View) => {
    try {
      await removeView(id);
      showToast(words.removed(removed));
      goToList("mine");
      onClose();
    } catch (error) {
      setProblem(words.failed(wordsFor(error)));
    }
  };
  const title = view === null ? words.newTitle : words.editTitle;
  return (
    <Sheet title={title} anchor={null} onClose={onClose} className="sheet--form">
      <form className="sheet-form sheet-form--scrolls" onSubmit={(event) => void save(event)} noValidate>
        <h2 className="sheet-form__title">{title}</h2>
        <div className="sheet-form__body fields">
          <TextField
            ref={first}
            label={words.name}
            value={name}
            placeholder={words.namePlaceholder}
            maxLength={100}
            autoComplete="off"
            problem={isAsked && name.trim() === "" ? words.lacksName : undefined}
            onChange={(event) => setName(event.target.value)}
          />
          {view === null && (
            <Select
              label={words.shows}
              value={context}
              options={[
                ["conversation", words.contexts.conversation],
                ["customer", words.contexts.customer],
              ]}
              onPick={(picked) => {
                setContext(picked);
                setQuery(NEW_QUERIES[picked]);
              }}
            />
          )}
          <CriteriaChooser query={query} fields={fields} onChange={setQuery} />
          {context === "conversation" && query !== null && (
            <Select
              label={words.order}
              value={query.isByDue === true ? "due" : "updated"}
              options={[
                ["updated", words.orders.updated],
                ["due", words.orders.due],
              ]}
              onPick={(order) => setQuery({ ...query, isByDue: order === "due" })}
            />
          )}
          <Matching context={context} search={search} />
          <Tick label={words.shared} hint={words.sharedHint} isOn={isShared} onTick={setShared} />
        </div>
        <p className="sheet-form__problem" role="alert">
          {problem}
        </p>
        <div className="sheet-form__actions">
          {view !== null && (
            <button
              type="button"
              className="button button--quiet sheet-form__remove"
              onClick={() => void remove(view)}
            >
              {words.remove}
            </button>
          )}
          <button type="button" className="button button--quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button button--primary">
            {words.save}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

const PAUSE_MS = 300;

/** How much it would show, while it is still being described. */
function Matching({ context, search }: { context: View["context"]; search: View["query"] }) {
  const [said, setSaid] = useState<string>(words.counting);
  useEffect(() => {
    const over = new AbortController();
    const timer = setTimeout(() => {
      countMatches(context, search, over.signal).then(
        (count) => setSaid(words.matching(count)),
        (error: unknown) => {
          if (!over.signal.aborted) setSaid(wordsFor(error));
        },
      );
    }, PAUSE_MS);
    return () => {
      over.abort();
      clearTimeout(timer);
    };
  }, [context, search]);
  return (
    <p className="view-sheet__matching" role="status">
      {said}
    </p>
  );
}
