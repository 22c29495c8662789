import { api } from "../../api/api.ts";
import { type Attribute, asProperty } from "../../attributes/attribute.ts";
import { type Declarations, keepDeclared } from "../../attributes/store.ts";

/** Kinds of records that have attributes of their own; klasses have theirs on the page of objects. */
export const OWNERS = ["customer", "company", "conversation", "message", "user"] as const;
export type Owner = (typeof OWNERS)[number];

const pathOf = (owner: string) => `/v1/metadata/${owner}`;

/** Declares it anew, or changes what is declared. */
export function saveAttribute(owner: string, attribute: Attribute): Promise<Declarations> {
  return put(owner, { properties: { [attribute.name]: asProperty(attribute) } });
}

/** Values stay in the records, out of sight, and show again when it is declared again. */
export function removeAttribute(owner: string, name: string): Promise<Declarations> {
  return put(owner, { properties: { [name]: null } });
}

/**
 * All of them, in this order everywhere that they are listed. Rejects with a conflict when something else is declared
 * by now: what is not named would be gone.
 */
export function orderAttributes(owner: string, { attributes, rev }: Declarations): Promise<Declarations> {
  const properties = attributes.map((attribute) => [attribute.name, asProperty(attribute)]);
  return put(owner, { properties: Object.fromEntries(properties), rev }, "?replace=true");
}

async function put(owner: string, body: object, query = ""): Promise<Declarations> {
  const { data } = await api.put(pathOf(owner) + query, body);
  // Whoever shows them, or asks by them, need not wait until they are read again.
  return keepDeclared(owner, data);
}
