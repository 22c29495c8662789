import { draftOf, isEmpty, isMasked, valueFrom } from "../attributes/attribute-values.ts";
import type { Declared } from "../attributes/declared.ts";
import type { ObjectRecord, RecordBody } from "./record.ts";

/*
 * What stands in the fields of a form, as text, by attribute. A record's own title stands under a name that no
 * attribute can have.
 */

export type Draft = Readonly<Record<string, string>>;

export const TITLE = "";

export function draftFrom(attributes: readonly Declared[], { title, custom }: ObjectRecord): Draft {
  return withTexts(attributes, title, ({ name }) => (isMasked(custom[name]) ? null : custom[name]));
}

/** A record that is being made begins as the server would begin it. */
export function newDraft(attributes: readonly Declared[]): Draft {
  return withTexts(attributes, "", ({ initial }) => initial ?? null);
}

function withTexts(
  attributes: readonly Declared[],
  title: string,
  read: (attribute: Declared) => unknown,
): Draft {
  const texts = attributes.map((attribute) => [attribute.name, draftOf(attribute, read(attribute))]);
  return { [TITLE]: title, ...Object.fromEntries(texts) };
}

/** What the API is told: what differs from `before`. Names whose text means nothing of their type are in `unreadable`. */
export function bodyFrom(
  attributes: readonly Declared[],
  before: Draft,
  now: Draft,
): { readonly body: RecordBody; readonly unreadable: readonly string[] } {
  const changed = attributes.filter(({ name }) => textIn(now, name) !== textIn(before, name));
  const values = changed.map((attribute) => [
    attribute.name,
    meantBy(attribute, textIn(now, attribute.name)),
  ]);
  const title = textIn(now, TITLE).trim();
  return {
    body: {
      ...(title === textIn(before, TITLE) ? {} : { title: title === "" ? null : title }),
      custom: Object.fromEntries(values),
    },
    unreadable: values.flatMap(([name, value]) => (value === undefined ? [name as string] : [])),
  };
}

export function isNothing({ title, custom }: RecordBody): boolean {
  return title === undefined && Object.keys(custom).length === 0;
}

export function textIn(draft: Draft, name: string): string {
  return draft[name] ?? "";
}

function meantBy(attribute: Declared, text: string): unknown {
  if (attribute.type === "Bool" && !attribute.isList) return text === "" ? null : text === "true";
  return valueFrom(attribute, attribute.type === "Txt" || attribute.isList ? text : text.trim());
}

/** Required attributes in which nothing stands: they are asked for before anything is sent. */
export function missingIn(attributes: readonly Declared[], draft: Draft): string[] {
  return attributes
    .filter(({ name, isRequired }) => isRequired && isEmpty(textIn(draft, name).trim()))
    .map(({ name }) => name);
}

interface Versions {
  readonly before: Draft;
  readonly mine: Draft;
  readonly theirs: Draft;
}

/**
 * Somebody else changed the record while it was on the sheet: what they wrote where nothing was typed comes in, what
 * was typed stays. `both` names what both changed, to different things.
 */
export function mergedDraft({ before, mine, theirs }: Versions): {
  readonly draft: Draft;
  readonly both: readonly string[];
} {
  const names = Object.keys(theirs);
  const isTyped = (name: string) => name in mine && textIn(mine, name) !== textIn(before, name);
  const draft = Object.fromEntries(names.map((name) => [name, textIn(isTyped(name) ? mine : theirs, name)]));
  const both = names.filter(
    (name) =>
      isTyped(name) &&
      textIn(theirs, name) !== textIn(before, name) &&
      textIn(theirs, name) !== textIn(mine, name),
  );
  return { draft, both };
}
