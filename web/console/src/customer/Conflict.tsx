import { words } from "./en.ts";

interface ConflictProps {
  /** What stands there now, in words; null when it was cleared. */
  theirs: string | null;
  onMine: () => void;
  onTheirs: () => void;
}

/** Two people changed the same: the one who came second decides. */
export function Conflict({ theirs, onMine, onTheirs }: ConflictProps) {
  return (
    <p className="conflict" role="alert">
      {theirs === null ? words.changedMeanwhileToNothing : words.changedMeanwhileTo(theirs)}{" "}
      <button type="button" className="text-button" onClick={onMine}>
        {words.useMine}
      </button>{" "}
      <button type="button" className="text-button" onClick={onTheirs}>
        {words.keepTheirs}
      </button>
    </p>
  );
}
