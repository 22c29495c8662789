import { useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { Sheet } from "../../picker/Sheet.tsx";
import { words } from "./en.ts";
import type { Klass } from "./klass.ts";

interface RemoveKlassProps {
  klass: Klass;
  onRemove: () => Promise<void>;
  onClose: () => void;
}

/** Asks first: nothing brings the definition back. */
export function RemoveKlass({ klass, onRemove, onClose }: RemoveKlassProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const title = words.removeTitle(klass.pluralName);
  const remove = () => {
    setBusy(true);
    onRemove().catch((error: unknown) => {
      setBusy(false);
      setProblem(wordsFor(error));
    });
  };
  return (
    <Sheet title={title} anchor={null} onClose={onClose}>
      <div className="sheet-form">
        <h2 className="sheet-form__title">{title}</h2>
        <p className="sheet-form__text">{words.removeText}</p>
        <p className="sheet-form__problem" role="alert">
          {problem}
        </p>
        <div className="sheet-form__actions">
          <button type="button" className="button button--quiet" onClick={onClose}>
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
