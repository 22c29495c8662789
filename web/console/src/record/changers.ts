import type { AgentEvent } from "@kithdesk/api-client";
import { create } from "zustand";

import { isJson } from "../desk/reading.ts";
import { onForget } from "../session/session.ts";

/*
 * Who changed which field of a record last, as far as this window has heard: whoever wrote the same meanwhile is told
 * by name.
 */

interface Changers {
  /** Names, by record and field. */
  readonly names: ReadonlyMap<string, string>;
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
  const record = event.kind === "customer.updated" ? event.data.customer : event.data.company;
  const fields = fieldsOf(event.data.changes);
  useChangers.setState(({ names }) => ({
    names: new Map([...names, ...fields.map((field) => [keyOf(record, field), name] as const)]),
  }));
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
