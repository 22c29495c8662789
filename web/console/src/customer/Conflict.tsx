import { useChanger } from "../record/changers.ts";
import { words } from "./en.ts";
import type { FieldName } from "./fields.ts";

interface ConflictProps {
  customer: string;
  field: FieldName;
  /** What stands there now, in words; null when it was cleared. */
  theirs: string | null;
  onMine: () => void;
  onTheirs: () => void;
}

/** Two people changed the same: the one who came second decides. */
export function Conflict({ customer, field, theirs, onMine, onTheirs }: ConflictProps) {
  const who = useChanger(customer, field) ?? words.somebody;
  return (
    <p className="conflict" role="alert">
      {theirs === null ? words.changedMeanwhileToNothing(who) : words.changedMeanwhileTo(who, theirs)}{" "}
      <button type="button" className="text-button" onClick={onMine}>
        {words.useMine}
      </button>{" "}
      <button type="button" className="text-button" onClick={onTheirs}>
        {words.keepTheirs}
      </button>
    </p>
  );
}
