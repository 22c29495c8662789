import { api } from "../../api/api.ts";
import { declaredFrom, useDeclared } from "../../customer/declared.ts";
import { type Attribute, asProperty, readAttributes } from "./attribute.ts";

/** Kinds of records that have attributes of their own; klasses have theirs on the page of objects. */
export const OWNERS = ["customer", "company", "conversation", "message", "user"] as const;
export type Owner = (typeof OWNERS)[number];

const pathOf = (owner: string) => `/v1/metadata/${owner}`;

export async function loadAttributes(owner: string): Promise<Attribute[]> {
  const { data } = await api.get(pathOf(owner));
  return readAttributes(data.attributes.properties);
}

/** Declares it anew, or changes what is declared. */
export function saveAttribute(owner: string, attribute: Attribute): Promise<Attribute[]> {
  return put(owner, { [attribute.name]: asProperty(attribute) });
}

/** Values stay in the records, out of sight, and show again when it is declared again. */
export function removeAttribute(owner: string, name: string): Promise<Attribute[]> {
  return put(owner, { [name]: null });
}

/** All of them, in this order everywhere that they are listed. */
export function orderAttributes(owner: string, attributes: readonly Attribute[]): Promise<Attribute[]> {
  const properties = attributes.map((attribute) => [attribute.name, asProperty(attribute)]);
  return put(owner, Object.fromEntries(properties), "?replace=true");
}

async function put(
  owner: string,
  properties: Readonly<Record<string, unknown>>,
  query = "",
): Promise<Attribute[]> {
  const { data } = await api.put(pathOf(owner) + query, { properties });
  // The pane beside a conversation need not wait until it asks again.
  if (owner === "customer") useDeclared.setState({ attributes: declaredFrom(data) });
  return readAttributes(data.attributes.properties);
}
