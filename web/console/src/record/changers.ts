import type { AgentEvent } from "@kithdesk/api-client";
import { create } from "zustand";

import { isJson } from "../desk/reading.ts";
import { currentDesk } from "../desk/store.ts";
import { onForget } from "../session/session.ts";

/*
 * Who changed which field of a record last, as far as this window has heard: whoever wrote the same meanwhile is told
 * by name.
 */

/** Fields; longer ago nobody wrote "meanwhile". */
export const CHANGES_KEPT = 2_000;

interface Changers {
  /** Names, by record and field, the latest last. Changed in place: an import tells of a hundred thousand. */
  readonly names: Map<string, string>;
}

const useChangers = create<Changers>(() => ({ names: new Map() }));

/** Null where nobody was heard of yet. */
export function useChanger(record: string, field: string): string | null {
  return useChangers(({ names }) => names.get(keyOf(record, field)) ?? null);
}

export function changerOf(record: string, field: string): string | null {
  return useChangers.getState().names.get(keyOf(record, field)) ?? null;
}

export function takeChanger(event: AgentEvent): void {
  if (event.kind !== "customer.updated" && event.kind !== "company.updated") return;
  const name = event.actor?.displayName ?? "";
  if (name === "") return;
  // Whom this window has never shown nobody is editing in it.
  if (event.kind === "customer.updated" && !currentDesk().customers.has(event.data.customer)) return;
  const record = event.kind === "customer.updated" ? event.data.customer : event.data.company;
  const { names } = useChangers.getState();
  for (const field of fieldsOf(event.data.changes)) {
    const key = keyOf(record, field);
    names.delete(key);
    names.set(key, name);
  }
  forgetOldest(names);
  useChangers.setState({ names });
}

function forgetOldest(names: Map<string, string>): void {
  for (const key of names.keys()) {
    if (names.size <= CHANGES_KEPT) return;
    names.delete(key);
  }
}

/** Attributes each by itself, as they are changed. */
function fieldsOf(changes: object): string[] {
  return Object.entries(changes).flatMap(([field, change]) => {
    if (field !== "custom" || !isJson(change)) return [field];
    const before = isJson(change.before) ? change.before : {};
    const after = isJson(change.after) ? change.after : {};
    return Object.keys({ ...before, ...after })
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => `custom.${name}`);
  });
}

function keyOf(record: string, field: string): string {
  return `${record} ${field}`;
}

onForget(() => useChangers.setState({ names: new Map() }));
