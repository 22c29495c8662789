import { type FormEvent, useState } from "react";
import { Select } from "../../forms/Fields.tsx";
import { Sheet } from "../../picker/Sheet.tsx";
import { words } from "./en.ts";

interface RotateSheetProps {
  onRotate: (overlapHours: number) => void;
  onClose: () => void;
}

/** A new secret, and for how long the old one goes on. */
export function RotateSheet({ onRotate, onClose }: RotateSheetProps) {
  const [hours, setHours] = useState<(typeof words.overlaps)[number][0]>("24");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onRotate(Number(hours));
  };
  return (
    <Sheet title={words.rotateTitle} anchor={null} onClose={onClose}>
      <form className="sheet-form" onSubmit={submit}>
        <h2 className="sheet-form__title">{words.rotateTitle}</h2>
        <p className="sheet-form__text">{words.rotateText}</p>
        <Select label={words.overlap} value={hours} options={words.overlaps} onPick={setHours} />
        <div className="sheet-form__actions">
          <button type="button" className="button button--quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button button--primary">
            {words.rotate}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

export function EndSheet({ onEnd, onClose }: { onEnd: () => void; onClose: () => void }) {
  return (
    <Sheet title={words.endTitle} anchor={null} onClose={onClose}>
      <div className="sheet-form">
        <h2 className="sheet-form__title">{words.endTitle}</h2>
        <p className="sheet-form__text">{words.endText}</p>
        <div className="sheet-form__actions">
          <button type="button" className="button button--quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="button" className="button button--danger" onClick={onEnd}>
            {words.end}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
