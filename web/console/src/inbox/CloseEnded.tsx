import { CheckCheck } from "lucide-react";
import { useState } from "react";

import { Sheet } from "../picker/Sheet.tsx";
import { closeEnded, stopClosing, useClosing } from "./closing.ts";
import { words } from "./en.ts";

/** Clears away what ended unanswered, once somebody has looked through it. `total`: how many there are. */
export function CloseEnded({ total }: { total: number }) {
  const closing = useClosing((state) => state.closing);
  const [isAsking, setAsking] = useState(false);
  if (closing !== null) {
    const { done, of, kind } = closing;
    return (
      <div className="close-ended">
        <p className="close-ended__words" role="status">
          {words.closing.going[kind](done, of)}
        </p>
        <progress className="close-ended__progress" value={done} max={Math.max(1, of)} aria-hidden="true" />
        <button type="button" className="button" onClick={stopClosing}>
          {words.closing.stop}
        </button>
      </div>
    );
  }
  if (total === 0) return null;
  return (
    <div className="close-ended">
      <p className="close-ended__words">{words.closing.about}</p>
      <button type="button" className="button" onClick={() => setAsking(true)}>
        <CheckCheck size={14} aria-hidden="true" />
        {words.closing.all(total)}
      </button>
      {isAsking && (
        <Sheet title={words.closing.ask(total)} anchor={null} onClose={() => setAsking(false)}>
          <div className="sheet-form">
            <h2 className="sheet-form__title">{words.closing.ask(total)}</h2>
            <p className="sheet-form__text">{words.closing.text}</p>
            <div className="sheet-form__actions">
              <button type="button" className="button button--quiet" onClick={() => setAsking(false)}>
                {words.closing.cancel}
              </button>
              <button
                type="button"
                className="button button--primary"
                onClick={() => {
                  setAsking(false);
                  void closeEnded();
                }}
              >
                {words.closing.all(total)}
              </button>
            </div>
          </div>
        </Sheet>
      )}
    </div>
  );
}
