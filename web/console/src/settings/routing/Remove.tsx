import { useState } from "react";

import { Sheet } from "../../picker/Sheet.tsx";
import { words } from "./en.ts";

interface RemoveProps {
  title: string;
  /** What becomes of what depends on it. */
  text: string;
  /** Rejects when it is still there. */
  onRemove: () => Promise<void>;
  problemOf: (error: unknown) => string;
  onClose: () => void;
}

/** Asks before something goes, and says why it stays when it must. */
export function Remove({ title, text, onRemove, problemOf, onClose }: RemoveProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const remove = () => onRemove().catch((error: unknown) => setProblem(problemOf(error)));
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
          <button type="button" className="button button--danger" onClick={() => void remove()}>
            {words.remove}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
