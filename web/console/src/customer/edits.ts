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
import { type Owner, ownerOf } from "./owner.ts";

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
  | { readonly kind: "refused"; readonly problem: string; readonly owner: Owner | null }
  | { readonly kind: "conflict"; readonly theirs: unknown };

type Waiting = ReadonlyMap<string, readonly Pending[]>;

const useEdits = create<{ readonly waiting: Waiting }>(() => ({ waiting: new Map() }));
const queues = new Map<string, Promise<unknown>>();
/** Where records live that became part of another while somebody was typing in them. */
const living = new Map<string, string>();
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

/** From now on, what is changed in a record that is gone is changed in the one that it is part of; null ends that. */
export function continueIn(gone: string, id: string | null): void {
  if (id === null) living.delete(gone);
  else living.set(gone, id);
}

/** What stood in a field when somebody began to change it. */
export interface Seen {
  readonly value: unknown;
}

/** Null of a record that is not there. */
export function seenOf(record: string, field: FieldName): Seen | null {
  const id = living.get(record) ?? record;
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
  record: string,
  field: FieldName,
  wanted: unknown,
  did?: string,
  seen: Seen | null = null,
): Promise<Outcome> {
  const id = living.get(record) ?? record;
  const now = seenOf(id, field);
  if (now === null) return Promise.resolve({ kind: "refused", problem: words.failed, owner: null });
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
    if (kind === "written" && did !== undefined) offerUndo(id, field, { before, written: value }, did);
  });
  return outcome;
}

/** The same for a press of a button: there is no field beside which to say what went wrong. */
export async function editOrSay(
  id: string,
  field: FieldName,
  value: unknown,
  did?: string,
  seen: Seen | null = null,
): Promise<void> {
  const outcome = await edit(id, field, value, did, seen);
  if (outcome.kind === "refused") showToast(words.notSaved(outcome.problem), { tone: "problem" });
  if (outcome.kind === "conflict") showToast(words.changedMeanwhile, { tone: "problem" });
}

/** What others have done to the field since stays. */
function offerUndo(
  id: string,
  field: FieldName,
  { before, written }: { before: unknown; written: unknown },
  did: string,
): void {
  const run = () => void editOrSay(id, field, before, undefined, { value: written });
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
    // Not PUT, for which a customer whose company is not named has none.
    const { data } = await api.patch(`/v1/customers/${id}`, body);
    keep(customerFromResource(data));
    return { kind: "written" };
  } catch (error) {
    const fresh = isConflict(error) && triesLeft > 1 ? await reload(id) : null;
    // The same version still: it was not the record that had changed, but the value that is taken.
    if (fresh === null || fresh.rev === rev) return refused(error);
    return writeOnTop(id, wish, fresh, triesLeft);
  }
}

function refused(error: unknown): Outcome {
  const owner = ownerOf(error);
  return { kind: "refused", problem: owner === null ? problemOf(error) : words.taken(owner.name), owner };
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

onForget(() => {
  useEdits.setState({ waiting: new Map() });
  living.clear();
});
