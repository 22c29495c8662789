import { Sheet } from "../../picker/Sheet.tsx";
import { words } from "./en.ts";
import type { Import } from "./imports.ts";

interface UndoSheetProps {
  one: Import;
  onUndo: () => void;
  onClose: () => void;
}

/** Asks first, with numbers: many records go. */
export function UndoSheet({ one: { name, progress }, onUndo, onClose }: UndoSheetProps) {
  const title = words.undoTitle(name);
  return (
    <Sheet title={title} anchor={null} onClose={onClose}>
      <div className="sheet-form">
        <h2 className="sheet-form__title">{title}</h2>
        <p className="sheet-form__text">{words.undoText(progress.created, progress.updated)}</p>
        <div className="sheet-form__actions">
          <button type="button" className="button button--quiet" onClick={onClose}>
            {words.keep}
          </button>
          <button type="button" className="button button--danger" onClick={onUndo}>
            {words.undo}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
