import { useState } from "react";

import { wordsFor } from "../api/errors.ts";
import { forgetUnsaved } from "../navigation/leaving.ts";
import { Sheet } from "../picker/Sheet.tsx";

interface RemoveSheetProps {
  title: string;
  /** What becomes of what depends on it. */
  text: string;
  words: { readonly remove: string; readonly cancel: string };
  /** Rejects when it is still there. */
  onRemove: () => Promise<void>;
  problemOf?: (error: unknown) => string;
  onClose: () => void;
}

/** Asks before something goes for good, and says why it stays when it must. */
export function RemoveSheet({
  title,
  text,
  words,
  onRemove,
  problemOf = wordsFor,
  onClose,
}: RemoveSheetProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const remove = () => {
    setBusy(true);
    const keep = forgetUnsaved();
    onRemove().catch((error: unknown) => {
      keep();
      setBusy(false);
      setProblem(problemOf(error));
    });
  };
  return (
    <Sheet title={title} anchor={null} onClose={onClose}>
      <div className="sheet-form">
        <h2 className="sheet-form__title">{title}</h2>
        <p className="sheet-form__text">{text}</p>
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
