import { Sheet } from "../../picker/Sheet.tsx";
import { Copyable } from "../Copyable.tsx";
import { words } from "./en.ts";

/** The key, this once. A press beside the sheet must not take it away. */
export function KeyMade({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Sheet title={words.madeTitle} anchor={null} onClose={() => undefined}>
      <div className="sheet-form">
        <h2 className="sheet-form__title">{words.madeTitle}</h2>
        <p className="sheet-form__text">{words.madeText}</p>
        <Copyable label={words.key} text={secret} />
        <div className="sheet-form__actions">
          <button type="button" className="button button--primary" onClick={onClose}>
            {words.done}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
