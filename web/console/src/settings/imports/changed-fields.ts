import { list } from "../../desk/reading.ts";
import { type Attributes, fieldLabel, fieldWords } from "../../merging/preview-words.ts";
import type { Change } from "./imports.ts";

export interface ChangedField {
  readonly field: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What would become different of a record, in words. A list only gains, so only what it gains is told. */
export function changedFields(fields: Change["fields"], declared: Attributes): readonly ChangedField[] {
  return fields.map(({ name, before, after }) => {
    const isGain = Array.isArray(after) && list(before).length > 0;
    return {
      field: name,
      label: fieldLabel(name, declared),
      before: isGain ? null : fieldWords(name, before, declared),
      after: isGain
        ? `+ ${fieldWords(name, gained(list(before), after), declared)}`
        : fieldWords(name, after, declared),
    };
  });
}

function gained(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const known = new Set(before.map((entry) => JSON.stringify(entry)));
  const more = after.filter((entry) => !known.has(JSON.stringify(entry)));
  return more.length > 0 ? more : after;
}
