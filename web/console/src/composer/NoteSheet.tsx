import { Sheet } from "../picker/Sheet.tsx";
import { words } from "./en.ts";
import "../forms/forms.css";

interface NoteSheetProps {
  customer: string;
  onStay: () => void;
  onSend: () => void;
}

/** Asks before a customer reads what was written for colleagues. Escape goes on writing. */
export function NoteSheet({ customer, onStay, onSend }: NoteSheetProps) {
  return (
    <Sheet title={words.askNoteTitle} anchor={null} onClose={onStay}>
      <div className="sheet-form">
        <h2 className="sheet-form__title">{words.askNoteTitle}</h2>
        <p className="sheet-form__text" dir="auto">
          {words.askNote(customer)}
        </p>
        <div className="sheet-form__actions">
          <button type="button" className="button button--primary" onClick={onStay}>
            {words.keepWriting}
          </button>
          <button type="button" className="button button--danger" onClick={onSend}>
            {words.sendAnyway}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
