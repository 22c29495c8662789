import { api } from "../../api/api.ts";
import { declaredFrom, useDeclared } from "../../customer/declared.ts";
import { numberOrNull, type Resource } from "../../desk/reading.ts";
import { type Attribute, asProperty, readAttributes } from "./attribute.ts";

/** Kinds of records that have attributes of their own; klasses have theirs on the page of objects. */
export const OWNERS = ["customer", "company", "conversation", "message", "user"] as const;
export type Owner = (typeof OWNERS)[number];

const pathOf = (owner: string) => `/v1/metadata/${owner}`;

/** What is declared of a kind, and which version of it that is. */
export interface Declarations {
  readonly attributes: readonly Attribute[];
  readonly rev: number;
}

export async function loadDeclarations(owner: string): Promise<Declarations> {
  return declarationsFrom((await api.get(pathOf(owner))).data);
}

export async function loadAttributes(owner: string): Promise<readonly Attribute[]> {
  return (await loadDeclarations(owner)).attributes;
}

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
  // The pane beside a conversation need not wait until it asks again.
  if (owner === "customer") useDeclared.setState({ attributes: declaredFrom(data) });
  return declarationsFrom(data);
}

function declarationsFrom({ attributes: json }: Resource): Declarations {
  return { attributes: readAttributes(json.properties), rev: numberOrNull(json.rev) ?? 0 };
}
