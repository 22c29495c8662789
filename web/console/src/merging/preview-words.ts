import { isEmpty, isMasked, wordsOfValue } from "../attributes/attribute-values.ts";
import type { Declared } from "../attributes/declared.ts";
import { labelOf, typeOf } from "../attributes/names.ts";
import { valueWords } from "../attributes/value-words.ts";
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

/** What the organisation declared of its attributes, by their names. */
export type Attributes = ReadonlyMap<string, Declared>;

export function linesOf(fields: readonly PreviewField[], declared: Attributes): Line[] {
  return fields.map(({ name, source, target, kept }) => ({
    name,
    label: fieldLabel(name, declared),
    source: fieldWords(name, source, declared),
    target: fieldWords(name, target, declared),
    kept,
  }));
}

/** What people call a field of a customer, by its name in the API. */
export function fieldLabel(name: string, declared: Attributes): string {
  const attribute = attributeOf(name);
  if (attribute === null) return words.fields[name] ?? labelOf(name);
  return declared.get(attribute)?.label ?? labelOf(attribute);
}

/** Null of what says nothing. */
export function fieldWords(name: string, value: unknown, declared: Attributes): string | null {
  const attribute = attributeOf(name);
  const known = attribute === null ? undefined : declared.get(attribute);
  if (known === undefined || isEmpty(value) || isMasked(value)) return wordsOf(attribute ?? name, value);
  return wordsOfValue(known, value);
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
