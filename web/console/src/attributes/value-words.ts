import { exactTime, relativeTime } from "@kithdesk/ui";

import { words } from "./en.ts";
import type { FieldType } from "./names.ts";

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
