import { useState } from "react";

import { wordsFor } from "../api/errors.ts";
import { Sheet } from "../picker/Sheet.tsx";
import { words } from "./en.ts";
import { fullNameOf } from "./names.ts";
import { removeAndOffer } from "./removing.ts";
import type { Klass, KObject } from "./types.ts";

interface RemoveObjectProps {
  object: KObject;
  klass: Klass;
  onCancel: () => void;
  onRemoved: () => void;
}

/** Asks above the form: what was typed there is still there for who does not remove it. */
export function RemoveObject({ object, klass, onCancel, onRemoved }: RemoveObjectProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const remove = () => {
    setBusy(true);
    removeAndOffer(object, klass).then(onRemoved, (error: unknown) => {
      setBusy(false);
      setProblem(words.notRemoved(wordsFor(error)));
    });
  };
  const title = words.removeTitle(fullNameOf(object));
  return (
    <Sheet title={title} anchor={null} onClose={onCancel}>
      <div className="sheet-form">
        <h2 className="sheet-form__title">{title}</h2>
        <p className="sheet-form__text">{words.removeText}</p>
        <p className="sheet-form__problem" role="alert">
          {problem}
        </p>
        <div className="sheet-form__actions">
          <button type="button" className="button button--quiet" onClick={onCancel}>
            {words.cancel}
          </button>
          <button type="button" className="button button--danger" disabled={isBusy} onClick={remove}>
            {words.remove}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
