import type { Customer, EmailAddress, Named, PhoneNumber } from "../desk/types.ts";

/** What an agent may change of a record, each by itself: two people who change different fields never meet. */
export type FieldName = "name" | "emails" | "phones" | "tags" | "watchers" | "company" | `custom.${string}`;

type Json = Readonly<Record<string, unknown>>;

export function readField(customer: Customer, field: FieldName): unknown {
  if (isCustom(field)) return customer.custom[attributeOf(field)] ?? null;
  return customer[field as Exclude<FieldName, `custom.${string}`>];
}

export function withValue(customer: Customer, field: FieldName, value: unknown): Customer {
  if (isCustom(field)) return { ...customer, custom: { ...customer.custom, [attributeOf(field)]: value } };
  if (field !== "name") return { ...customer, [field]: value };
  const name = value as string | null;
  return { ...customer, name, displayName: name ?? customer.displayName };
}

/** What the API is told. */
export function bodyOf(field: FieldName, value: unknown): Json {
  if (isCustom(field)) return { custom: { [attributeOf(field)]: value } };
  switch (field) {
    case "emails":
      return { emails: (value as readonly EmailAddress[]).map(({ email, type }) => ({ email, type })) };
    case "phones":
      return { phones: (value as readonly PhoneNumber[]).map(({ phone, type }) => ({ phone, type })) };
    case "company":
      return { company: (value as Named | null)?.id ?? null };
    default:
      return { [field]: value };
  }
}

interface Versions {
  readonly before: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** Somebody else changed the record meanwhile: what to write now, or null when both changed the same to different things. */
export function rebased({ before, mine, theirs }: Versions): { readonly value: unknown } | null {
  if (isSame(before, theirs)) return { value: mine };
  if (isSame(mine, theirs)) return { value: theirs };
  if (Array.isArray(before) && Array.isArray(mine) && Array.isArray(theirs))
    return { value: rebasedList(before, mine, theirs) };
  return null;
}

/** What I took out is out, what I put in is in, and what they did besides stays. */
function rebasedList(
  before: readonly unknown[],
  mine: readonly unknown[],
  theirs: readonly unknown[],
): unknown[] {
  const [old, my, their] = [before.map(keyOf), new Map(entries(mine)), theirs.map(keyOf)];
  const kept = theirs
    .filter((one) => !old.includes(keyOf(one)) || my.has(keyOf(one)))
    .map((one) => my.get(keyOf(one)) ?? one);
  const added = mine.filter((one) => !old.includes(keyOf(one)) && !their.includes(keyOf(one)));
  return [...kept, ...added];
}

function entries(values: readonly unknown[]): [string, unknown][] {
  return values.map((value) => [keyOf(value), value]);
}

/** By what an entry of a list is told from the others. */
function keyOf(entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return String(entry);
  const { email, phone } = entry as { email?: unknown; phone?: unknown };
  return String(email ?? phone ?? JSON.stringify(entry)).toLowerCase();
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function isCustom(field: FieldName): field is `custom.${string}` {
  return field.startsWith("custom.");
}

export function attributeOf(field: FieldName): string {
  return field.slice("custom.".length);
}
