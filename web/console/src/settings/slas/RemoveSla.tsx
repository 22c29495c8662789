import { useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { Sheet } from "../../picker/Sheet.tsx";
import { words } from "./en.ts";

interface RemoveSlaProps {
  name: string;
  /** Rejects when it is still there. */
  onRemove: () => Promise<void>;
  onClose: () => void;
}

export function RemoveSla({ name, onRemove, onClose }: RemoveSlaProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const title = words.removeTitle(name);
  const remove = () => onRemove().catch((error: unknown) => setProblem(wordsFor(error)));
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
          <button type="button" className="button button--danger" onClick={() => void remove()}>
            {words.remove}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
