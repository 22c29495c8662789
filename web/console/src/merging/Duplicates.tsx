import { relativeTime } from "@kithdesk/ui";
import { UsersRound, X } from "lucide-react";
import { useEffect, useState } from "react";

import { wordsFor } from "../api/errors.ts";
import { useNow } from "../app/now.ts";
import { onChange } from "../customer/fresh.ts";
import { showToast } from "../toast/toast.ts";
import { type Duplicate, dismissDuplicate, fetchDuplicates } from "./api.ts";
import { words } from "./en.ts";
import { startMerge, useMerged } from "./merging.ts";
import "./merging.css";

/** Who else may be this person: quiet, with the reason, and nothing happens by itself. */
export function Duplicates({ customer }: { customer: string }) {
  const [duplicates, setDuplicates] = useState<readonly Duplicate[]>([]);
  const merged = useMerged(({ version }) => version);
  const [turn, setTurn] = useState(0);
  useEffect(() => onChange(customer, async () => setTurn((before) => before + 1)), [customer]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after a merge, or another address, there are others
  useEffect(() => {
    let isOver = false;
    fetchDuplicates(customer).then(
      (found) => !isOver && setDuplicates(found),
      // A hint that could not be had is none.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [customer, merged, turn]);
  const dismiss = (duplicate: Duplicate) => {
    setDuplicates((known) => known.filter(({ id }) => id !== duplicate.id));
    dismissDuplicate(customer, duplicate.id).catch((error: unknown) => {
      setDuplicates((known) => [...known, duplicate]);
      showToast(words.failed(wordsFor(error)), { tone: "problem" });
    });
  };
  if (duplicates.length === 0) return null;
  return (
    <section className="section duplicates" aria-label={words.duplicates}>
      <ul className="duplicates__list">
        {duplicates.map((duplicate) => (
          <One
            key={duplicate.id}
            duplicate={duplicate}
            onCompare={() => startMerge(customer, duplicate.id)}
            onDismiss={() => dismiss(duplicate)}
          />
        ))}
      </ul>
    </section>
  );
}

interface OneProps {
  duplicate: Duplicate;
  onCompare: () => void;
  onDismiss: () => void;
}

function One({ duplicate, onCompare, onDismiss }: OneProps) {
  const now = useNow();
  const { name, address, reasons, lastActivityAt } = duplicate;
  const hint = [
    address === name ? null : address,
    lastActivityAt === null ? null : relativeTime(lastActivityAt, now),
  ];
  return (
    <li className="duplicate">
      <UsersRound className="duplicate__icon" size={14} aria-hidden="true" />
      <div className="duplicate__words">
        <p className="duplicate__name">
          {words.maybe} <bdi title={hint.filter((part) => part !== null).join(" · ")}>{name}</bdi>
        </p>
        <p className="duplicate__reason" dir="auto">
          {reasons.join(", ")}
        </p>
        <button type="button" className="text-button duplicate__compare" onClick={onCompare}>
          {words.compare}
          <span className="sr-only"> {words.compareWith(name)}</span>
        </button>
      </div>
      <button
        type="button"
        className="icon-button icon-button--small"
        aria-label={words.dismiss(name)}
        title={words.dismissHint}
        onClick={onDismiss}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </li>
  );
}
