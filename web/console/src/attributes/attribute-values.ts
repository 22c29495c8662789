import type { Declared } from "./declared.ts";
import { valueWords } from "./value-words.ts";

/** There is a value, and this agent may not read it. */
export function isMasked(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as { isMasked?: unknown }).isMasked === true;
}

export function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

/** Whether it is chosen from a list, rather than typed. */
export function isChosen({ type, choices }: Declared): boolean {
  return choices.length > 0 || type === "Bool";
}

/** A value as its words, with the names that choices were given. */
export function wordsOfValue(declared: Declared, value: unknown): string {
  if (declared.choices.length === 0) return valueWords(declared.type, value, { isPlain: declared.isPlain });
  return [value]
    .flat()
    .map((one) => labelOfChoice(declared, String(one)))
    .join(", ");
}

/** "returns.damaged" as its branches are called, from the top. */
function labelOfChoice({ choices, type }: Declared, value: string): string {
  const labels = type === "Tree" ? pathsOf(value) : [value];
  return labels
    .map((path) => choices.find((choice) => choice.value === path)?.label ?? path.split(".").at(-1) ?? path)
    .join(" › ");
}

function pathsOf(value: string): string[] {
  const parts = value.split(".");
  return parts.map((_, index) => parts.slice(0, index + 1).join("."));
}

/** What a field begins with. */
export function draftOf({ type, isList }: Declared, value: unknown): string {
  if (isEmpty(value)) return "";
  if (isList && Array.isArray(value)) return value.join("\n");
  if (type === "At" && typeof value === "string") return localMinute(value);
  return String(value);
}

/** What a field's text means; undefined where it means nothing of this type. */
export function valueFrom({ type, isList }: Declared, draft: string): unknown {
  if (isList) {
    const values = draft
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .map((line) => one(type, line));
    return values.includes(undefined) ? undefined : values.length === 0 ? null : values;
  }
  return draft === "" ? null : one(type, draft);
}

function one(type: Declared["type"], draft: string): unknown {
  if (type === "Num") {
    const number = Number(draft);
    return Number.isFinite(number) ? number : undefined;
  }
  if (type === "At") {
    const at = new Date(draft);
    return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
  }
  if (type === "Date") return isDay(draft) ? draft : undefined;
  return draft;
}

/** A day that there is, as it is kept: never a time, which would be another day elsewhere. */
function isDay(draft: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(draft)) return false;
  const at = new Date(`${draft}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(draft);
}

/** As a field for a day and a time has it, on the reader's own clock. */
function localMinute(value: string): string {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return "";
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
