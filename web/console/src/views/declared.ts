import { create } from "zustand";

import { onForget } from "../session/session.ts";
import { loadAttributes } from "../settings/attributes/api.ts";
import type { Attribute } from "../settings/attributes/attribute.ts";
import { loadKlasses } from "../settings/objects/api.ts";
import type { Klass } from "../settings/objects/klass.ts";

/** What the organisation keeps of its own, and therefore can ask for. */
export interface Declared {
  readonly conversation: readonly Attribute[];
  readonly customer: readonly Attribute[];
  readonly company: readonly Attribute[];
  readonly message: readonly Attribute[];
  readonly klasses: readonly Klass[];
  /** All of it is here: what is not is gone. */
  readonly isComplete: boolean;
}

const NOTHING: Declared = {
  conversation: [],
  customer: [],
  company: [],
  message: [],
  klasses: [],
  isComplete: false,
};

export const useDeclared = create<Declared>(() => NOTHING);

onForget(() => useDeclared.setState(NOTHING));

/** Without some of it one can still ask for everything else. What was known stays until it is read anew. */
export async function loadDeclared(): Promise<void> {
  const [klasses, conversation, customer, company, message] = await Promise.all([
    orNull(loadKlasses()),
    orNull(loadAttributes("conversation")),
    orNull(loadAttributes("customer")),
    orNull(loadAttributes("company")),
    orNull(loadAttributes("message")),
  ]);
  const read = [klasses, conversation, customer, company, message];
  useDeclared.setState((before) => ({
    klasses: klasses ?? before.klasses,
    conversation: conversation ?? before.conversation,
    customer: customer ?? before.customer,
    company: company ?? before.company,
    message: message ?? before.message,
    isComplete: read.every((one) => one !== null),
  }));
}

function orNull<Data>(promise: Promise<Data>): Promise<Data | null> {
  return promise.catch(() => null);
}

const CUSTOM = "_custom_";

/** Whether an attribute was the organisation's own, and is not any more. There are others that no form offers. */
export function isGone({ isComplete, klasses, ...owners }: Declared, field: string): boolean {
  const at = field.indexOf(CUSTOM);
  if (!isComplete || at < 0) return false;
  const [home, name] = [field.slice(0, at), field.slice(at + CUSTOM.length)];
  if (home === "kobject")
    return !klasses.some((klass) => klass.attributes.some((one) => name === `${klass.name}_${one.name}`));
  const declared = Object.entries(owners).find(([owner]) => owner === home)?.[1] ?? [];
  return !declared.some((one) => one.name === name);
}
