import { exactTime, type TimeReader } from "@kithdesk/ui";

import { isEmpty, isMasked, wordsOfValue } from "../attributes/attribute-values.ts";
import { labelOf, typeOf } from "../attributes/names.ts";
import { valueWords } from "../attributes/value-words.ts";
import { customerAttributes } from "../customer/customer-attributes.ts";
import { isJson, pairs } from "../desk/reading.ts";
import { words } from "./en.ts";
import type { Entry, FieldChange } from "./entries.ts";

interface RecordWords {
  readonly text: string;
  readonly reason: string | null;
}

type Created = Extract<Entry, { kind: "created" }>;
type Changed = Extract<Entry, { kind: "changed" }>;
type By = Pick<Entry, "actor">;

/** More of them would hide the conversation they stand in. */
const MOST_SHOWN = 4;
const DAY = 86_400_000;

/** How the record came to be; a date that was given for it is said. */
export function createdWords({ name, since, at, actor }: Created, reader: TimeReader): RecordWords {
  const by = actorWords({ actor });
  const text = actor?.type === "customer" || by === null ? words.firstContact : words.created(name, by);
  const isDated = since !== null && Math.abs(Date.parse(at) - Date.parse(since)) > DAY;
  return { text, reason: isDated ? words.since(exactTime(since, reader)) : null };
}

/** What changed in the record, from what to what. */
export function changedWords({ changes, actor, isUndo }: Changed): RecordWords {
  const names = [...new Set(changes.map(({ field }) => nameOf(field)))].join(", ");
  const by = actor?.type === "customer" ? words.theirLogin : (actorWords({ actor }) ?? words.somebody);
  const parts = changes.flatMap(partsOf);
  const more = parts.length - MOST_SHOWN;
  const shown = more > 0 ? [...parts.slice(0, MOST_SHOWN), words.more(more)] : parts;
  const text = isUndo
    ? words.takenBack(actor?.displayName || words.somebody, names)
    : words.changed(by, names);
  return { text, reason: shown.length === 0 ? null : shown.join(" · ") };
}

/** What a change says, to be looked through. */
export function changeText(changes: readonly FieldChange[]): string {
  return changes.flatMap((change) => [nameOf(change.field), ...partsOf(change)]).join("\n");
}

/** The program acts in the name of an administrator when it takes in a file of theirs. */
function actorWords({ actor }: By): string | null {
  if (actor === null || actor.displayName === "") return actor?.type === "machine" ? words.aProgram : null;
  return actor.type === "system" && actor.id !== null ? words.importOf(actor.displayName) : actor.displayName;
}

function nameOf(field: string): string {
  return words.fields[field] ?? labelOf(field).toLowerCase();
}

function partsOf({ field, before, after }: FieldChange): string[] {
  if (field === "custom") return attributeParts(before, after);
  if (Array.isArray(before) || Array.isArray(after)) return listParts(before, after);
  return changePart(said(field, before), said(field, after));
}

function attributeParts(before: unknown, after: unknown): string[] {
  const [then, now] = [isJson(before) ? before : {}, isJson(after) ? after : {}];
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])];
  return names.flatMap((name) => {
    const label = declaredAs(name)?.label ?? labelOf(name);
    return changePart(saidOf(name, then[name]), saidOf(name, now[name])).map((part) => `${label}: ${part}`);
  });
}

/** An attribute's value as it was declared; by its name alone where nobody knows that, or not yet. */
function saidOf(name: string, value: unknown): string {
  const declared = declaredAs(name);
  if (declared === undefined || isEmpty(value) || isMasked(value)) return said(name, value);
  return wordsOfValue(declared, value);
}

function declaredAs(name: string) {
  return customerAttributes()?.find((one) => one.name === name);
}

function listParts(before: unknown, after: unknown): string[] {
  const [then, now] = [textsOf(before), textsOf(after)];
  return [
    ...now.filter((one) => !then.includes(one)).map(words.added),
    ...then.filter((one) => !now.includes(one)).map(words.removed),
  ];
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map((one) => said("", one)).filter((text) => text !== "") : [];
}

function changePart(before: string, after: string): string[] {
  if (before === after) return [];
  if (before === "") return [after];
  return [after === "" ? words.removed(before) : words.fromTo(before, after)];
}

function said(name: string, value: unknown): string {
  if (value === null || value === undefined) return "";
  const type = typeOf(name);
  if (type !== "Str" && !isJson(value)) return valueWords(type, value);
  return pairs({ value: isJson(value) ? [value] : value })[0]?.[1] ?? "";
}
