import { useMemo } from "react";
import { create } from "zustand";

import { api } from "../api/api.ts";
import { isConflict, problemOf } from "../api/errors.ts";
import { loadCustomer } from "../desk/load.ts";
import { customerFromResource } from "../desk/reading.ts";
import { changeDesk, currentDesk, useDesk } from "../desk/store.ts";
import type { Customer } from "../desk/types.ts";
import { onForget } from "../session/session.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";
import { bodyOf, type FieldName, isSame, readField, rebased, withValue } from "./fields.ts";

/*
 * Changes of a customer's record. Each shows at once, is written in the order it was made against the version it was
 * made of, and can be taken back for some seconds. When somebody else wrote meanwhile, it is made again on top of
 * theirs; where both changed the same, the agent decides.
 */

interface Pending {
  readonly key: symbol;
  readonly field: FieldName;
  readonly value: unknown;
}

/** What came of a change: it is written; it was refused and why; or somebody else has written this meanwhile. */
export type Outcome =
  | { readonly kind: "written" }
  | { readonly kind: "refused"; readonly problem: string }
  | { readonly kind: "conflict"; readonly theirs: unknown };

type Waiting = ReadonlyMap<string, readonly Pending[]>;

const useEdits = create<{ readonly waiting: Waiting }>(() => ({ waiting: new Map() }));
const queues = new Map<string, Promise<unknown>>();
const TRIES = 3;

/** The record as it will be when everything that was done here is written. */
export function useCustomer(id: string): Customer | undefined {
  const confirmed = useDesk((desk) => desk.customers.get(id));
  const pending = useEdits(({ waiting }) => waiting.get(id));
  return useMemo(
    () => (confirmed === undefined ? undefined : shown(confirmed, pending)),
    [confirmed, pending],
  );
}

function shown(customer: Customer, pending: readonly Pending[] = []): Customer {
  return pending.reduce((record, { field, value }) => withValue(record, field, value), customer);
}

/** What stood in a field when somebody began to change it. */
export interface Seen {
  readonly value: unknown;
}

/** Null of a record that is not there. */
export function seenOf(id: string, field: FieldName): Seen | null {
  const known = currentDesk().customers.get(id);
  return known === undefined
    ? null
    : { value: readField(shown(known, useEdits.getState().waiting.get(id)), field) };
}

/**
 * Resolves when it is known what came of it. `did` is said with a way back; without it nothing is. `seen`: what the
 * agent changed, who may not have noticed that somebody else has changed it since.
 */
export function edit(
  id: string,
  field: FieldName,
  wanted: unknown,
  did?: string,
  seen: Seen | null = null,
): Promise<Outcome> {
  const now = seenOf(id, field);
  if (now === null) return Promise.resolve({ kind: "refused", problem: words.failed });
  const before = now.value;
  const mine =
    seen === null ? { value: wanted } : rebased({ before: seen.value, mine: wanted, theirs: before });
  if (mine === null) return Promise.resolve({ kind: "conflict", theirs: before });
  const { value } = mine;
  if (isSame(before, value)) return Promise.resolve({ kind: "written" });
  const key = Symbol(field);
  changeWaiting(id, (pending) => [...pending, { key, field, value }]);
  const after = (queues.get(id) ?? Promise.resolve()).then(() => write(id, { field, before, value }));
  const outcome = after.finally(() =>
    changeWaiting(id, (pending) => pending.filter((one) => one.key !== key)),
  );
  queues.set(id, outcome);
  void outcome.then(({ kind }) => {
    if (queues.get(id) === outcome) queues.delete(id);
    if (kind === "written" && did !== undefined) offerUndo(id, field, before, did);
  });
  return outcome;
}

/** The same for a press of a button: there is no field beside which to say what went wrong. */
export async function editOrSay(id: string, field: FieldName, value: unknown, did?: string): Promise<void> {
  const outcome = await edit(id, field, value, did);
  if (outcome.kind === "refused") showToast(words.notSaved(outcome.problem), { tone: "problem" });
  if (outcome.kind === "conflict") showToast(words.changedMeanwhile, { tone: "problem" });
}

function offerUndo(id: string, field: FieldName, before: unknown, did: string): void {
  const run = () => void editOrSay(id, field, before);
  showToast(did, { action: { label: words.undo, run, isUndo: true } });
}

interface Wish {
  readonly field: FieldName;
  readonly before: unknown;
  readonly value: unknown;
}

async function write(id: string, wish: Wish, triesLeft = TRIES): Promise<Outcome> {
  const rev = currentDesk().customers.get(id)?.rev ?? null;
  try {
    const body = { ...bodyOf(wish.field, wish.value), ...(rev === null ? {} : { rev }) };
    const { data } = await api.put(`/v1/customers/${id}`, body);
    keep(customerFromResource(data));
    return { kind: "written" };
  } catch (error) {
    const fresh = isConflict(error) && triesLeft > 1 ? await reload(id) : null;
    // The same version still: it was not the record that had changed, but the value that is taken.
    if (fresh === null || fresh.rev === rev) return { kind: "refused", problem: problemOf(error) };
    return writeOnTop(id, wish, fresh, triesLeft);
  }
}

async function writeOnTop(id: string, wish: Wish, fresh: Customer, triesLeft: number): Promise<Outcome> {
  const theirs = readField(fresh, wish.field);
  const again = rebased({ before: wish.before, mine: wish.value, theirs });
  if (again === null) return { kind: "conflict", theirs };
  return write(id, { ...wish, before: theirs, value: again.value }, triesLeft - 1);
}

async function reload(id: string): Promise<Customer | null> {
  try {
    await loadCustomer(id);
    return currentDesk().customers.get(id) ?? null;
  } catch {
    return null;
  }
}

function keep(customer: Customer): void {
  changeDesk((desk) => {
    desk.customers.set(customer.id, customer);
    desk.version += 1;
  });
}

function changeWaiting(id: string, change: (pending: readonly Pending[]) => readonly Pending[]): void {
  useEdits.setState(({ waiting }) => {
    const next = new Map(waiting);
    const changed = change(next.get(id) ?? []);
    if (changed.length === 0) next.delete(id);
    else next.set(id, changed);
    return { waiting: next };
  });
}

onForget(() => useEdits.setState({ waiting: new Map() }));
