import { useEffect, useRef, useState } from "react";

import { isConflict, problemOf } from "../../api/errors.ts";
import { loadPreview, type Mapping, type Previewed, saveMapping } from "./imports.ts";

/** As long as somebody chooses on. */
const PAUSE_MS = 250;

export type Shown =
  | { readonly state: "nothing" }
  /** What the rows were before the last choice stays until the next answer. */
  | { readonly state: "checking"; readonly rows: readonly Previewed[] }
  | { readonly state: "ready"; readonly rows: readonly Previewed[] }
  | { readonly state: "failed"; readonly problem: string };

/** Saves what is chosen and asks what would come of it, each time that something else is. Null is not saved. */
export function usePreview(id: string, mapping: Mapping | null, onBegun: () => void) {
  const [shown, setShown] = useState<Shown>({ state: "nothing" });
  const [attempt, setAttempt] = useState(0);
  // One after the other: the choice that counts must be the last to arrive.
  const saved = useRef<Promise<void>>(Promise.resolve());
  const begun = useRef(onBegun);
  begun.current = onBegun;
  const wanted = mapping === null ? null : JSON.stringify(mapping);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    if (wanted === null) {
      setShown({ state: "nothing" });
      return;
    }
    let isOver = false;
    setShown((before) => ({ state: "checking", rows: rowsOf(before) }));
    const look = async () => {
      try {
        const saving = saved.current.then(() => saveMapping(id, JSON.parse(wanted)));
        saved.current = saving.catch(() => undefined);
        await saving;
        const rows = await loadPreview(id);
        if (!isOver) setShown({ state: "ready", rows });
      } catch (error) {
        if (isOver) return;
        if (isConflict(error)) begun.current();
        else setShown({ state: "failed", problem: problemOf(error) });
      }
    };
    const timer = setTimeout(() => void look(), PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [id, wanted, attempt]);
  return { shown, again: () => setAttempt((before) => before + 1) };
}

function rowsOf(shown: Shown): readonly Previewed[] {
  return "rows" in shown ? shown.rows : [];
}
