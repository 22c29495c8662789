import type { FieldType } from "../attributes/names.ts";
import { labelFrom, labelOf, typeOf } from "../attributes/names.ts";
import { isJson, list, type Resource, text, textOrNull, texts } from "../desk/reading.ts";
import type { Field, Klass, KObject } from "./types.ts";

/* From the API and from events to what cards show. As on the desk, what is odd becomes empty. */

const TYPES: ReadonlySet<string> = new Set<FieldType>([
  "Str",
  "Txt",
  "Num",
  "At",
  "Date",
  "Bool",
  "Url",
  "Id",
  "Tree",
]);

export function klassFromResource({ id, attributes: json }: Resource): Klass {
  const name = text(json.name) || id;
  const displayName = text(json.displayName) || labelOf(name);
  const mixins = texts(json.mixins);
  return {
    name,
    displayName,
    pluralName: text(json.pluralName) || displayName,
    icon: textOrNull(json.icon),
    cardTitle: isJson(json.card) ? textOrNull(json.card.title) : null,
    isCreatable: json.status === "enabled" && mixins.includes("creatable"),
    isEditable: json.status !== "disabled" && mixins.includes("editable"),
  };
}

/** A record as the API lists it has its card beside everything else. */
export function objectFromResource({ attributes }: Resource): KObject | null {
  return objectFromCard(attributes.card);
}

/** A record as events bring it, with its fields picked and named. Null where it is none. */
export function objectFromCard(json: unknown): KObject | null {
  if (!isJson(json) || text(json.id) === "") return null;
  const klass = text(json.klass);
  const externalId = textOrNull(json.externalId);
  return {
    id: text(json.id),
    klass,
    klassName: text(json.klassDisplayName) || labelOf(klass),
    icon: textOrNull(json.icon),
    color: textOrNull(json.color),
    externalId,
    title: text(json.title) || (externalId ?? ""),
    fields: fieldsFrom(json.fields),
    createdAt: text(json.createdAt),
    updatedAt: text(json.updatedAt),
  };
}

/** What a card shows, as the API writes it; what has no value is not there. */
export function fieldsFrom(fields: unknown): Field[] {
  return list(fields)
    .filter(isJson)
    .map((field) => ({
      name: text(field.name),
      label: labelFrom(text(field.displayName), text(field.name)),
      type: readType(field.type, text(field.name)),
      value: field.value,
      ...(field.display === "plain" && { isPlain: true }),
    }))
    .filter(({ name, value }) => name !== "" && value !== null && value !== undefined && value !== "");
}

function readType(type: unknown, name: string): FieldType {
  return typeof type === "string" && TYPES.has(type) ? (type as FieldType) : typeOf(name);
}
