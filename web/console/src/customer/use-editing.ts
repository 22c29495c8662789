import { useRef, useState } from "react";

import { edit, type Seen, seenOf } from "./edits.ts";
import type { FieldName } from "./fields.ts";
import type { Owner } from "./owner.ts";

interface Failed {
  /** What the agent wanted, to go on from. */
  readonly mine: unknown;
  readonly problem: string | null;
  /** Who has the address already. */
  readonly owner?: Owner | null;
  /** Set when somebody else wrote the same meanwhile. */
  readonly theirs?: unknown;
}

/**
 * One value that is changed where it stands. It closes at once; when the server says no, it opens again with what was
 * typed and why.
 */
export function useEditing(customer: string, field: FieldName) {
  const [isOpen, setOpen] = useState(false);
  const [failed, setFailed] = useState<Failed | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  // What is there may become something else under whoever is typing.
  const seen = useRef<Seen | null>(null);

  const close = () => {
    setOpen(false);
    setFailed(null);
    // It is drawn again first.
    setTimeout(() => opener.current?.focus());
  };
  const save = async (value: unknown, did: string) => {
    close();
    const began = seen.current;
    seen.current = null;
    const outcome = await edit(customer, field, value, did, began);
    if (outcome.kind === "written") return;
    if (outcome.kind === "refused") seen.current = began;
    setFailed(
      outcome.kind === "refused"
        ? { mine: value, problem: outcome.problem, owner: outcome.owner }
        : { mine: value, problem: null, theirs: outcome.theirs },
    );
    setOpen(outcome.kind === "refused");
  };
  return {
    isOpen,
    opener,
    problem: failed?.problem ?? null,
    owner: failed?.owner ?? null,
    /** What to begin with: what was refused, else what is there. */
    draft: <Value>(value: Value): Value => (failed === null ? value : (failed.mine as Value)),
    conflict:
      failed !== null && failed.problem === null ? { mine: failed.mine, theirs: failed.theirs } : null,
    open: () => {
      seen.current = seenOf(customer, field);
      setOpen(true);
    },
    close,
    save,
  };
}
