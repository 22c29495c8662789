import { exactTime, relativeTime } from "@kithdesk/ui";

import { words } from "./en.ts";
import type { Field, FieldType } from "./types.ts";

interface Written {
  /** The currency of an amount. */
  readonly currency?: string | null;
  /** A number without separators. */
  readonly isPlain?: boolean | undefined;
}

/** A value in words, by what its attribute was declared to hold. */
export function valueWords(type: FieldType, value: unknown, written: Written = {}): string {
  if (Array.isArray(value)) return value.map((one) => valueWords(type, one, written)).join(", ");
  switch (type) {
    case "Num":
      return numberWords(value, written);
    case "Bool":
      return value === true || value === "true" ? words.yes : words.no;
    case "At":
      return dateWords(value, false);
    case "Date":
      return dateWords(value, true);
    case "Url":
      return String(value)
        .replace(/^https?:\/\/(www\.)?/iu, "")
        .replace(/\/$/u, "");
    case "Tree":
      return String(value).split(".").join(" › ");
    default:
      return typeof value === "object" ? JSON.stringify(value) : String(value);
  }
}

function numberWords(value: unknown, { currency = null, isPlain = false }: Written): string {
  if (typeof value !== "number") return String(value);
  if (currency !== null) {
    try {
      return new Intl.NumberFormat(undefined, { style: "currency", currency }).format(value);
    } catch {
      // A currency that none is: the number is still right.
    }
  }
  return new Intl.NumberFormat(undefined, { maximumFractionDigits: 6, useGrouping: !isPlain }).format(value);
}

function dateWords(value: unknown, isDay: boolean): string {
  // What happened carries a moment in milliseconds; a record carries it as text.
  const at = new Date(typeof value === "number" ? value : String(value));
  if (Number.isNaN(at.getTime())) return String(value);
  // A day has no hour, and is the same day everywhere.
  const isBare = /^\d{4}-\d{2}-\d{2}$/u.test(String(value));
  return at.toLocaleDateString(undefined, {
    day: "numeric",
    month: "short",
    year: "numeric",
    ...((isDay || isBare) && { timeZone: "UTC" }),
  });
}

/** For hover: the moment of a date, or how long ago. */
export function valueHint(type: FieldType, value: unknown, now: string): string | undefined {
  if (type !== "At" || typeof value !== "string" || Number.isNaN(Date.parse(value))) return undefined;
  return `${exactTime(value)} · ${relativeTime(value, now)}`;
}

/** The currency that a record names beside its amounts: that of `totalNum` is in `currencyStr`. */
export function currencyOf(fields: readonly Field[]): string | null {
  const found = fields.find(({ name }) => /^currency(Str)?$/iu.test(name))?.value;
  return typeof found === "string" && /^[A-Za-z]{3}$/u.test(found) ? found.toUpperCase() : null;
}

/** Amounts are written in the record's currency; counts are not. */
export function isAmount(name: string): boolean {
  return /(total|amount|price|subtotal|tax|shipping|discount|refund|balance|paid|value|spent)/iu.test(name);
}

/** The fields as a card shows them: the currency is part of its amounts, and no line of its own beside them. */
export function shownFields(
  fields: readonly Field[],
): readonly { readonly field: Field; readonly text: string }[] {
  const currency = currencyOf(fields);
  const hasAmount = fields.some(({ name, type }) => type === "Num" && isAmount(name));
  return fields
    .filter(({ name }) => !(currency !== null && hasAmount && /^currency(Str)?$/iu.test(name)))
    .map((field) => ({
      field,
      text: valueWords(field.type, field.value, {
        currency: isAmount(field.name) ? currency : null,
        isPlain: field.isPlain,
      }),
    }));
}

export interface FieldChange {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What became different from one state of a record to the next, in words. */
export function changesBetween(before: readonly Field[], after: readonly Field[]): FieldChange[] {
  const [then, now] = [wordsByName(before), wordsByName(after)];
  const names = new Set([...then.keys(), ...now.keys()]);
  return [...names].flatMap((name): FieldChange[] => {
    const [one, other] = [then.get(name), now.get(name)];
    if (one?.text === other?.text) return [];
    return [{ label: (other ?? one)?.label ?? name, before: one?.text ?? null, after: other?.text ?? null }];
  });
}

function wordsByName(fields: readonly Field[]): Map<string, { label: string; text: string }> {
  return new Map(shownFields(fields).map(({ field, text }) => [field.name, { label: field.label, text }]));
}
