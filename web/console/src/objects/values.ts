import { valueWords } from "../attributes/value-words.ts";
import type { Field } from "./types.ts";

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
