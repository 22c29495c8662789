import { useMemo } from "react";
import { create } from "zustand";
import type { Attribute } from "../attributes/attribute.ts";
import { readDeclarations, useDeclarations } from "../attributes/store.ts";
import { onForget } from "../session/session.ts";
import { loadKlasses } from "../settings/objects/api.ts";
import type { Klass } from "../settings/objects/klass.ts";

const OWNERS = ["conversation", "customer", "company", "message"] as const;
type Owner = (typeof OWNERS)[number];

/** What the organisation keeps of its own, and therefore can ask for. */
export interface Askable extends Readonly<Record<Owner, readonly Attribute[]>> {
  readonly klasses: readonly Klass[];
  /** All of it is here: what is not is gone. */
  readonly isComplete: boolean;
}

interface Read {
  readonly klasses: readonly Klass[];
  readonly isComplete: boolean;
}

const NOTHING: Read = { klasses: [], isComplete: false };

/** Kinds of objects, and whether all that can be asked for was read. Attributes stand with those that declare them. */
export const useAskableRead = create<Read>(() => NOTHING);

onForget(() => useAskableRead.setState(NOTHING));

const NONE: readonly Attribute[] = [];

export function useAskable(): Askable {
  const of = useDeclarations((declared) => declared.of);
  const read = useAskableRead();
  return useMemo(() => {
    const [conversation = NONE, customer = NONE, company = NONE, message = NONE] = OWNERS.map(
      (owner) => of.get(owner)?.attributes,
    );
    return { ...read, conversation, customer, company, message };
  }, [of, read]);
}

/** Without some of it one can still ask for everything else. What was known stays until it is read anew. */
export async function loadAskable(): Promise<void> {
  const [klasses, ...declared] = await Promise.all([
    orNull(loadKlasses()),
    ...OWNERS.map((owner) => orNull(readDeclarations(owner))),
  ]);
  useAskableRead.setState((before) => ({
    klasses: klasses ?? before.klasses,
    isComplete: klasses !== null && declared.every((one) => one !== null),
  }));
}

function orNull<Data>(promise: Promise<Data>): Promise<Data | null> {
  return promise.catch(() => null);
}

const CUSTOM = "_custom_";

/** Whether an attribute was the organisation's own, and is not any more. There are others that no form offers. */
export function isGone({ isComplete, klasses, ...owners }: Askable, field: string): boolean {
  const at = field.indexOf(CUSTOM);
  if (!isComplete || at < 0) return false;
  const [home, name] = [field.slice(0, at), field.slice(at + CUSTOM.length)];
  if (home === "kobject")
    return !klasses.some((klass) => klass.attributes.some((one) => name === `${klass.name}_${one.name}`));
  const declared = Object.entries(owners).find(([owner]) => owner === home)?.[1] ?? [];
  return !declared.some((one) => one.name === name);
}
