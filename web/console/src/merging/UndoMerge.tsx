import { exactTime } from "@kithdesk/ui";
import { useEffect, useState } from "react";

import { useNow } from "../app/now.ts";
import { fetchUndoableUntil } from "./api.ts";
import { words } from "./en.ts";
import { undo, useMerged } from "./merging.ts";

interface UndoMergeProps {
  merge: string;
  name: string;
  at: string;
}

const DAYS = 30 * 24 * 60 * 60 * 1_000;

/** The way back from a merge, as long as there is one. */
export function UndoMerge({ merge, name, at }: UndoMergeProps) {
  const now = useNow();
  const [until, setUntil] = useState<string | null>(null);
  const [isUndoing, setUndoing] = useState(false);
  const version = useMerged((merged) => merged.version);
  const isOld = Date.parse(now) - Date.parse(at) > DAYS;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was undone meanwhile cannot be undone again
  useEffect(() => {
    let isOver = false;
    if (isOld) return;
    fetchUndoableUntil(merge).then(
      (found) => !isOver && setUntil(found),
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [merge, isOld, version]);
  if (isOld || until === null || until < now) return null;
  return (
    <button
      type="button"
      className="text-button line__undo"
      title={words.undoableUntil(exactTime(until))}
      disabled={isUndoing}
      onClick={() => {
        setUndoing(true);
        void undo(merge, name).finally(() => setUndoing(false));
      }}
    >
      {words.undo}
      <span className="sr-only"> {words.undoMergeWith(name)}</span>
    </button>
  );
}
