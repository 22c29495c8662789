import { isMasked } from "../customer/attribute-values.ts";
import { labelOf, typeOf } from "../objects/names.ts";
import { valueWords } from "../objects/values.ts";
import type { PreviewField } from "./api.ts";
import { words } from "./en.ts";

const CUSTOM = "custom.";
const MASKED = "•••";

/** One line of the comparison, in words. */
export interface Line {
  readonly name: string;
  readonly label: string;
  readonly source: string | null;
  readonly target: string | null;
  readonly kept: PreviewField["kept"];
}

/** Labels of declared attributes come with what the organisation calls them. */
export function linesOf(fields: readonly PreviewField[], labels: ReadonlyMap<string, string>): Line[] {
  return fields.map(({ name, source, target, kept }) => ({
    name,
    label: fieldLabel(name, labels),
    source: fieldWords(name, source),
    target: fieldWords(name, target),
    kept,
  }));
}

/** What people call a field of a customer, by its name in the API. */
export function fieldLabel(name: string, labels: ReadonlyMap<string, string>): string {
  const attribute = attributeOf(name);
  if (attribute === null) return words.fields[name] ?? labelOf(name);
  return labels.get(attribute) ?? labelOf(attribute);
}

/** Null of what says nothing. */
export function fieldWords(name: string, value: unknown): string | null {
  return wordsOf(attributeOf(name) ?? name, value);
}

function attributeOf(name: string): string | null {
  return name.startsWith(CUSTOM) ? name.slice(CUSTOM.length) : null;
}

function wordsOf(name: string, value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (isMasked(value)) return MASKED;
  if (Array.isArray(value)) {
    const parts = value.map((one) => wordsOf(name, one)).filter((part) => part !== null);
    return parts.length === 0 ? null : parts.join(", ");
  }
  if (typeof value === "object") {
    const [, telling] =
      Object.entries(value).find(([key, part]) => key !== "type" && typeof part === "string") ?? [];
    return typeof telling === "string" ? telling : null;
  }
  // Times of the record itself are milliseconds.
  if (typeof value === "number" && /At$/u.test(name)) return valueWords("At", new Date(value).toISOString());
  return valueWords(typeOf(name), value);
}
