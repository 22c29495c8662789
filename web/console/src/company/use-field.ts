import { useRef, useState } from "react";

import type { Field } from "./fields.ts";
import type { Save } from "./use-company.ts";

/** One value that is being changed. It stays open until it is written; when the server says no, with why. */
export function useField(field: Field, onSave: Save) {
  const [isOpen, setOpen] = useState(false);
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const [failed, setFailed] = useState<{ readonly mine: unknown; readonly problem: string } | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
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
    draft: <Value>(value: Value): Value => (failed === null ? value : (failed.mine as Value)),
    open: (at: DOMRect | null = null) => {
      setAnchor(at);
      setOpen(true);
    },
    close,
    save: (value: unknown) =>
      void onSave(field, value).then((problem) => {
        if (problem === null) close();
        else setFailed({ mine: value, problem });
      }),
  };
}
