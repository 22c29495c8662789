import type { KObject } from "./types.ts";

/** "Order 1042" of the kind Order says its kind already. */
export function isNamedByKind({ title, klassName }: Pick<KObject, "title" | "klassName">): boolean {
  return title.toLowerCase().startsWith(klassName.toLowerCase());
}

export function fullNameOf(object: Pick<KObject, "title" | "klassName">): string {
  return isNamedByKind(object) ? object.title : `${object.klassName} ${object.title}`;
}
