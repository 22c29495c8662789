import { leaveAnyway, stay, useLeaving } from "../navigation/leaving.ts";
import { Sheet } from "../picker/Sheet.tsx";
import { words } from "./en.ts";
import "../forms/forms.css";

/** Asks before something that was filled in goes unsaved. Escape stays. */
export function LeaveSheet() {
  const isAsking = useLeaving(({ asking }) => asking !== null);
  return isAsking ? <Asking onStay={stay} onLeave={leaveAnyway} /> : null;
}

interface AskingProps {
  onStay: () => void;
  onLeave: () => void;
}

function Asking({ onStay, onLeave }: AskingProps) {
  return (
    <Sheet title={words.leaveTitle} anchor={null} onClose={onStay}>
      <div className="sheet-form">
        <h2 className="sheet-form__title">{words.leaveTitle}</h2>
        <p className="sheet-form__text">{words.leaveText}</p>
        <div className="sheet-form__actions">
          <button type="button" className="button button--primary" onClick={onStay}>
            {words.stay}
          </button>
          <button type="button" className="button button--danger" onClick={onLeave}>
            {words.leave}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
