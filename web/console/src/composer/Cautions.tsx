import { setKind } from "./composer.ts";
import { words } from "./en.ts";

interface CautionsProps {
  conversation: string;
  saysNote: boolean;
  answeredBy: string | null;
}

/** Said while one writes, and not first when one sends. The region stays, or the first would be missed. */
export function Cautions({ conversation, saysNote, answeredBy }: CautionsProps) {
  return (
    <div className="composer__cautions" role="status">
      {answeredBy !== null && (
        <p className="composer__caution" dir="auto">
          {words.answeredSince(answeredBy)}
        </p>
      )}
      {saysNote && (
        <p className="composer__caution">
          {words.saysNote}{" "}
          <button type="button" className="text-button" onClick={() => setKind(conversation, "note")}>
            {words.makeNote}
          </button>
        </p>
      )}
    </div>
  );
}
