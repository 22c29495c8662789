import { useCallback, useEffect, useRef, useState } from "react";

import { isNotFound } from "../api/errors.ts";
import type { Declared } from "../attributes/declared.ts";
import { loadDeclared, useDeclarations } from "../attributes/store.ts";
import { isJson } from "../desk/reading.ts";
import { onCustomerEvent } from "../timeline/follow.ts";
import { type Draft, draftFrom, mergedDraft, textIn } from "./draft.ts";
import { type ObjectRecord, readRecord } from "./record.ts";
import type { KObject } from "./types.ts";

/** A record on its sheet: as it was read, and as it is being changed. */
export interface Editing {
  readonly record: ObjectRecord;
  readonly before: Draft;
  readonly mine: Draft;
  /** What somebody else wrote meanwhile where the agent did too. */
  readonly theirs: Draft;
}

type Loaded =
  | { readonly state: "loading" | "failed" | "gone" }
  | { readonly state: "ready"; readonly editing: Editing };

const NOTHING: Draft = {};

/** What is declared of a kind of records; null until that is known. */
export function useDeclared(klass: string): readonly Declared[] | null {
  return useDeclarations(({ of }) => of.get(klass)?.shown ?? null);
}

function declaredOf(klass: string): readonly Declared[] {
  return useDeclarations.getState().of.get(klass)?.shown ?? [];
}

/** The record, read anew whenever somebody changes it. What was typed stays. */
export function useRecord({ id, klass }: Pick<KObject, "id" | "klass">) {
  const [loaded, setLoaded] = useState<Loaded>({ state: "loading" });
  // What is drawn may be older than what was typed a moment ago.
  const latest = useRef(loaded);
  const keep = useCallback((next: Loaded) => {
    latest.current = next;
    setLoaded(next);
  }, []);
  const load = useCallback(async (): Promise<Editing | null> => {
    try {
      const [record] = await Promise.all([readRecord(klass, id), loadDeclared(klass)]);
      const known = latest.current;
      const editing = known.state === "ready" ? readAgain(known.editing, record) : begun(record);
      keep({ state: "ready", editing });
      return editing;
    } catch (error) {
      if (isNotFound(error)) keep({ state: "gone" });
      else if (latest.current.state !== "ready") keep({ state: "failed" });
      return null;
    }
  }, [id, klass, keep]);
  useEffect(() => {
    void load();
    return onCustomerEvent((_customer, event) => {
      const { data } = event as { readonly data: unknown };
      if (isJson(data) && isJson(data.kobject) && data.kobject.id === id) void load();
    });
  }, [load, id]);
  const change = (name: string, text: string) => {
    const known = latest.current;
    if (known.state !== "ready") return;
    const mine = { ...known.editing.mine, [name]: text };
    keep({ state: "ready", editing: { ...known.editing, mine } });
  };
  return { loaded, load, change };
}

function begun(record: ObjectRecord): Editing {
  const draft = draftFrom(declaredOf(record.klass), record);
  return { record, before: draft, mine: draft, theirs: NOTHING };
}

function readAgain({ record: known, before, mine, theirs: earlier }: Editing, record: ObjectRecord): Editing {
  if (known.rev !== null && known.rev === record.rev) return { record, before, mine, theirs: earlier };
  const theirs = draftFrom(declaredOf(record.klass), record);
  const { draft, both } = mergedDraft({ before, mine, theirs });
  const named = Object.keys(earlier).filter((name) => textIn(draft, name) !== textIn(theirs, name));
  const names = new Set([...both, ...named]);
  return {
    record,
    before: theirs,
    mine: draft,
    theirs: Object.fromEntries([...names].map((name) => [name, textIn(theirs, name)])),
  };
}
