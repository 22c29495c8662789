import type { Customer } from "../desk/types.ts";
import { words } from "./en.ts";

/** By what one of two people of one name is told from the other. */
export function tellingOf(customer: Customer, namesake: Customer): string {
  const others = new Set(marksOf(namesake).map(plain));
  return (
    marksOf(customer).find((mark) => !others.has(plain(mark))) ?? words.firstSeen(dayOf(customer.createdAt))
  );
}

export function isSameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function marksOf({ emails, phones, externalId }: Customer): string[] {
  return [
    ...emails.map(({ email }) => email),
    ...phones.map(({ phone }) => phone),
    ...(externalId === null ? [] : [externalId]),
  ];
}

function dayOf(time: string): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
