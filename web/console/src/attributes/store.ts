import { create } from "zustand";

import { api } from "../api/api.ts";
import { numberOrNull, type Resource } from "../desk/reading.ts";
import { onForget } from "../session/session.ts";
import { type Attribute, readAttributes } from "./attribute.ts";
import { type Declared, declaredFrom } from "./declared.ts";

/** What is declared of a kind of records, and which version of it that is. */
export interface Declarations {
  readonly attributes: readonly Attribute[];
  readonly rev: number;
}

interface Kept extends Declarations {
  /** The same, as their values are shown and changed. */
  readonly shown: readonly Declared[];
}

/** By kind of records. Of what nobody has asked for yet there is nothing. */
export const useDeclarations = create<{ readonly of: ReadonlyMap<string, Kept> }>(() => ({ of: new Map() }));

const FRESH_FOR_MS = 60_000;
const readAt = new Map<string, number>();

onForget(() => {
  readAt.clear();
  useDeclarations.setState({ of: new Map() });
});

/** They change rarely, and somebody else changes them: read again when they are shown, not more than once a minute. */
export async function loadDeclared(owner: string, now = Date.now()): Promise<void> {
  if (now - (readAt.get(owner) ?? 0) < FRESH_FOR_MS) return;
  readAt.set(owner, now);
  try {
    await readDeclarations(owner);
  } catch (error) {
    readAt.delete(owner);
    throw error;
  }
}

/** Something was declared since. */
export async function loadDeclaredAnew(owner: string): Promise<void> {
  readAt.delete(owner);
  await loadDeclared(owner);
}

export async function readDeclarations(owner: string): Promise<Declarations> {
  return keepDeclared(owner, (await api.get(`/v1/metadata/${owner}`)).data);
}

/** What the server said of them. An answer that was overtaken by a newer one is not kept. */
export function keepDeclared(owner: string, data: Resource): Declarations {
  const { properties, rev } = data.attributes;
  const declarations = { attributes: readAttributes(properties), rev: numberOrNull(rev) ?? 0 };
  useDeclarations.setState((before) => {
    if (declarations.rev < (before.of.get(owner)?.rev ?? 0)) return before;
    return { of: new Map(before.of).set(owner, { ...declarations, shown: declaredFrom(data) }) };
  });
  return declarations;
}
