import { type FormEvent, useEffect, useState } from "react";

import { api } from "../api/api.ts";
import { wordsFor } from "../api/errors.ts";
import { numberOrNull } from "../desk/reading.ts";
import { Sheet } from "../picker/Sheet.tsx";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";
import "../forms/forms.css";

const PATH = "/v1/routing/settings";
const LARGEST = 100;

/** How much work one agent gets at once. */
export function CapacitySheet({ anchor, onClose }: { anchor: DOMRect | null; onClose: () => void }) {
  const [capacity, setCapacity] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    api.get(PATH).then(
      ({ data }) => setCapacity(numberOrNull(data.attributes.capacityPerAgent)),
      (error: unknown) => setProblem(`${words.loadFailed} ${wordsFor(error)}`),
    );
  }, []);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = Number(new FormData(event.currentTarget).get("capacity"));
    try {
      await api.put(PATH, { capacityPerAgent: wanted });
      showToast(words.saved(wanted));
      onClose();
    } catch (error) {
      setProblem(wordsFor(error));
    }
  };
  return (
    <Sheet title={words.capacityTitle} anchor={anchor} onClose={onClose}>
      <form className="sheet-form" onSubmit={(event) => void submit(event)}>
        <h2 className="sheet-form__title">{words.capacityTitle}</h2>
        <p className="sheet-form__text" id="capacity-text">
          {words.capacityText}
        </p>
        <label className="field">
          <span className="field__label">{words.capacityField}</span>
          <input
            key={capacity ?? "loading"}
            className="field__input"
            type="number"
            name="capacity"
            inputMode="numeric"
            min={1}
            max={LARGEST}
            required
            disabled={capacity === null}
            defaultValue={capacity ?? undefined}
            aria-describedby="capacity-text"
          />
        </label>
        <p className="sheet-form__problem" role="alert">
          {problem}
        </p>
        <div className="sheet-form__actions">
          <button type="button" className="button button--quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button button--primary" disabled={capacity === null}>
            {words.save}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
