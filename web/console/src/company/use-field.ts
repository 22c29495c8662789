import { useRef, useState } from "react";

import type { Field } from "./fields.ts";
import type { Save } from "./use-company.ts";

/**
 * One value that is being changed. It stays open until it is written; when the server says no, with why. `value` is
 * what is there, and may become something else under whoever is typing.
 */
export function useField(field: Field, value: unknown, onSave: Save) {
  const [isOpen, setOpen] = useState(false);
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const [failed, setFailed] = useState<{ readonly mine: unknown; readonly problem: string } | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const seen = useRef<unknown>(null);
  const close = () => {
    setOpen(false);
    setFailed(null);
    // It is drawn again first.
    setTimeout(() => opener.current?.focus());
  };
  return {
    isOpen,
    anchor,
    opener,
    problem: failed?.problem ?? null,
    /** What to begin with: what was refused, else what is there. */
    draft: <Value>(known: Value): Value => (failed === null ? known : (failed.mine as Value)),
    open: (at: DOMRect | null = null) => {
      seen.current = value;
      setAnchor(at);
      setOpen(true);
    },
    close,
    save: (mine: unknown) =>
      void onSave(field, mine, seen.current).then(({ problem, now }) => {
        // What was said of it has been read: saved again, it is meant.
        seen.current = now;
        if (problem === null) close();
        else setFailed({ mine, problem });
      }),
  };
}
