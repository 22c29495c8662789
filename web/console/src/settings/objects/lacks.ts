import { words } from "./en.ts";
import type { Klass } from "./klass.ts";

/** What is still missing before it can be saved, in words, by its field. */
export type Lacks = Partial<Record<"displayName" | "name", string>>;

const A_NAME = /^[a-z][a-zA-Z0-9_-]{0,63}$/u;
const AN_ID = /^[0-9a-f]{24}$/u;

export function lacks(klass: Klass, others: readonly Klass[]): Lacks {
  const found: Lacks = {};
  if (klass.displayName.trim() === "") found.displayName = words.lacksName;
  if (!A_NAME.test(klass.name) || AN_ID.test(klass.name)) found.name = words.lacksApiName;
  else if (others.some(({ name }) => name.toLowerCase() === klass.name.toLowerCase()))
    found.name = words.takenApiName;
  return found;
}
