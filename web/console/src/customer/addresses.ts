import type { Customer, EmailAddress, PhoneNumber } from "../desk/types.ts";

export type AddressKind = "email" | "phone";

/** An e-mail address or a telephone number, as one list shows both. */
export interface Address {
  readonly kind: AddressKind;
  readonly value: string;
  readonly type: string;
  readonly isProven: boolean;
}

export const ADDRESS_TYPES: Readonly<Record<AddressKind, readonly string[]>> = {
  email: ["home", "work", "other"],
  phone: ["mobile", "home", "work", "other"],
};

export function addressesOf({ emails, phones }: Pick<Customer, "emails" | "phones">): Address[] {
  return [
    ...emails.map(({ email, type, verified }) => address("email", email, type, verified)),
    ...phones.map(({ phone, type, verified }) => address("phone", phone, type, verified)),
  ];
}

function address(kind: AddressKind, value: string, type: string, isProven: boolean): Address {
  return { kind, value, type, isProven };
}

export function fieldOf(kind: AddressKind): "emails" | "phones" {
  return kind === "email" ? "emails" : "phones";
}

/** The customer's list with one address put in, in another's place, or taken out. */
export function listWith(
  customer: Customer,
  old: Address | null,
  next: Address | null,
): readonly EmailAddress[] | readonly PhoneNumber[] {
  const kind = next?.kind ?? old?.kind ?? "email";
  const all = addressesOf(customer).filter((one) => one.kind === kind);
  const changed = old === null ? [...all, next] : all.map((one) => (one.value === old.value ? next : one));
  const kept = changed.filter((one) => one !== null);
  return kind === "email"
    ? kept.map(({ value, type, isProven }) => ({ email: value, type, verified: isProven }))
    : kept.map(({ value, type, isProven }) => ({ phone: value, type, verified: isProven }));
}

/** A list in words, for saying what somebody else made of it; null of an empty one. */
export function wordsOfList(value: unknown): string | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.map((one: EmailAddress | PhoneNumber) => ("email" in one ? one.email : one.phone)).join(", ");
}
