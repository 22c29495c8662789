import type { Declared } from "../attributes/declared.ts";
import { loadDeclared, loadDeclaredAnew, useDeclarations } from "../attributes/store.ts";
import { onForget } from "../session/session.ts";

const OWNER = "customer";

/** What is declared of customers; null until that is known. */
export function useCustomerAttributes(): readonly Declared[] | null {
  return useDeclarations(({ of }) => of.get(OWNER)?.shown ?? null);
}

/** The same, as it is at this moment. */
export function customerAttributes(): readonly Declared[] | null {
  return useDeclarations.getState().of.get(OWNER)?.shown ?? null;
}

export function loadCustomerAttributes(): Promise<void> {
  return loadDeclared(OWNER);
}

/** Names that nobody declared, or not any more: asking for them once is enough. */
const askedFor = new Set<string>();

onForget(() => askedFor.clear());

/** A value of an attribute that was declared since. */
export function knowAttributes(names: readonly string[]): void {
  const attributes = customerAttributes();
  if (attributes === null) return;
  const unknown = names.filter(
    (name) => !askedFor.has(name) && !attributes.some((declared) => declared.name === name),
  );
  if (unknown.length === 0) return;
  for (const name of unknown) askedFor.add(name);
  loadDeclaredAnew(OWNER).catch(() => {
    for (const name of unknown) askedFor.delete(name);
  });
}
