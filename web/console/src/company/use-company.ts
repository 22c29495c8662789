import { useCallback, useEffect, useRef, useState } from "react";

import { isNotFound, problemOf, wordsFor } from "../api/errors.ts";
import { showToast } from "../toast/toast.ts";
import { type Company, loadCompany } from "./company.ts";
import { words } from "./en.ts";
import type { Field } from "./fields.ts";
import { ChangedMeanwhile, saveField } from "./saving.ts";

export type Shown =
  | { readonly state: "loading" }
  | { readonly state: "missing" }
  | { readonly state: "failed"; readonly problem: string }
  | { readonly state: "ready"; readonly company: Company };

/** Resolves with what is wrong, in words; with null when it is written. */
export type Save = (field: Field, value: unknown) => Promise<string | null>;

/** One company, and the way to change it. A change can be taken back for some seconds. */
export function useCompany(id: string) {
  const [shown, setShown] = useState<Shown>({ state: "loading" });
  const latest = useRef<Company>(null);
  const show = useCallback((company: Company) => {
    latest.current = company;
    setShown({ state: "ready", company });
  }, []);
  const load = useCallback(() => {
    setShown({ state: "loading" });
    loadCompany(id).then(show, (error: unknown) =>
      setShown(isNotFound(error) ? { state: "missing" } : { state: "failed", problem: wordsFor(error) }),
    );
  }, [id, show]);
  useEffect(load, [load]);

  const write = async (field: Field, value: unknown): Promise<string | null> => {
    if (latest.current === null) return words.failed;
    try {
      show(await saveField(latest.current, field, value));
      return null;
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) return problemOf(error);
      show(error.company);
      return words.changedMeanwhile;
    }
  };
  const save: Save = async (field, value) => {
    const before = latest.current === null ? null : field.read(latest.current.record);
    const problem = await write(field, value);
    if (problem !== null) return problem;
    const run = () => void write(field, before ?? null).then(sayNotSaved);
    showToast(words.didChange(field.declared.label), { action: { label: words.undo, run, isUndo: true } });
    return null;
  };
  return { shown, load, save };
}

function sayNotSaved(problem: string | null): void {
  if (problem !== null) showToast(words.notSaved(problem), { tone: "problem" });
}
