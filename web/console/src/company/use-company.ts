import { useCallback, useEffect, useRef, useState } from "react";

import { isNotFound, problemOf, wordsFor } from "../api/errors.ts";
import { isEmpty, wordsOfValue } from "../attributes/attribute-values.ts";
import { isSame } from "../customer/fields.ts";
import { changerOf } from "../record/changers.ts";
import { showToast } from "../toast/toast.ts";
import { type Company, loadCompany } from "./company.ts";
import { words } from "./en.ts";
import type { Field } from "./fields.ts";
import { ChangedMeanwhile, saveField } from "./saving.ts";
import { useFollowing } from "./use-following.ts";

export type Shown =
  | { readonly state: "loading" }
  | { readonly state: "missing" }
  | { readonly state: "failed"; readonly problem: string }
  | { readonly state: "ready"; readonly company: Company };

export interface Saved {
  /** What is wrong, in words; null when it is written. */
  readonly problem: string | null;
  /** What is there by now. */
  readonly now: unknown;
}

/** `seen`: what was there as somebody began to change it. */
export type Save = (field: Field, value: unknown, seen: unknown) => Promise<Saved>;

/** One company as it is by now, and the way to change it. A change can be taken back for some seconds. */
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
  useFollowing(id, latest, show, () => setShown({ state: "missing" }));

  const write = async (field: Field, value: unknown, seen: unknown): Promise<string | null> => {
    const company = latest.current;
    if (company === null) return words.failed;
    const theirs = field.read(company.record);
    if (!isSame(theirs, seen) && !isSame(theirs, value)) return meanwhile(company, field);
    try {
      show(await saveField(company, field, value));
      return null;
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) return problemOf(error);
      show(error.company);
      return meanwhile(error.company, field);
    }
  };
  const current = (field: Field) => (latest.current === null ? null : field.read(latest.current.record));
  const save: Save = async (field, value, seen) => {
    const before = current(field);
    const problem = await write(field, value, seen);
    const now = current(field);
    if (problem !== null) return { problem, now };
    const run = () => void write(field, before ?? null, now).then(sayNotSaved);
    showToast(words.didChange(field.declared.label), { action: { label: words.undo, run, isUndo: true } });
    return { problem, now };
  };
  return { shown, load, save };
}

function meanwhile({ id, record }: Company, { declared, read }: Field): string {
  const who = changerOf(id, declared.name) ?? changerOf(id, `custom.${declared.name}`);
  const theirs = read(record);
  return isEmpty(theirs)
    ? words.changedMeanwhile(who)
    : words.changedMeanwhileTo(who, wordsOfValue(declared, theirs));
}

function sayNotSaved(problem: string | null): void {
  if (problem !== null) showToast(words.notSaved(problem), { tone: "problem" });
}
