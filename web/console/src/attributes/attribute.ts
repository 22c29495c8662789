import { isJson, list, numberOrNull, text, textOrNull } from "../desk/reading.ts";

/*
 * A declared attribute as an administrator thinks of it, and as the API writes it. The API has nine types; "one of a
 * list" is a short text with an enumeration there, and a thing of its own here.
 */

export const KINDS = [
  "text",
  "long",
  "choice",
  "levels",
  "number",
  "date",
  "moment",
  "yesno",
  "link",
  "reference",
] as const;
export type Kind = (typeof KINDS)[number];

export const TARGETS = ["customer", "company", "conversation", "user", "team"] as const;
export type Target = (typeof TARGETS)[number];

/** One choice of a tree, and those below it. Values are made of the names; people read the labels. */
export interface Branch {
  readonly name: string;
  readonly label: string;
  readonly below: readonly Branch[];
}

export interface Attribute {
  /** As programs call it; for ever. */
  readonly name: string;
  readonly displayName: string;
  readonly kind: Kind;
  readonly isMany: boolean;
  readonly choices: readonly string[];
  readonly tree: readonly Branch[];
  /** One of `TARGETS`, or `kobject.` and the name of a klass. */
  readonly target: string;
  /** A number that is written without separators. */
  readonly isPlain: boolean;
  readonly isRequired: boolean;
  readonly isSensitive: boolean;
  readonly description: string;
  /** What a new record begins with. Null is nothing; no form asks for it yet, and none must lose it. */
  readonly initial: unknown;
}

export const NEW_ATTRIBUTE: Attribute = {
  name: "",
  displayName: "",
  kind: "text",
  isMany: false,
  choices: [],
  tree: [],
  target: "customer",
  isPlain: false,
  isRequired: false,
  isSensitive: false,
  description: "",
  initial: null,
};

type Json = Readonly<Record<string, unknown>>;

export type WireType = "Str" | "Txt" | "Num" | "At" | "Date" | "Bool" | "Url" | "Id" | "Tree";

const TYPES: Readonly<Record<Kind, WireType>> = {
  text: "Str",
  long: "Txt",
  choice: "Str",
  levels: "Tree",
  number: "Num",
  date: "Date",
  moment: "At",
  yesno: "Bool",
  link: "Url",
  reference: "Id",
};

/** The ending that Kustomer's names have, by which a reader of the API knows the type. */
export function suffixOf(kind: Kind): WireType {
  return TYPES[kind];
}

/** Kinds of which one record may hold several values. */
export function mayBeMany(kind: Kind): boolean {
  return kind === "text" || kind === "choice" || kind === "reference";
}

export function readAttributes(properties: unknown): Attribute[] {
  if (!isJson(properties)) return [];
  return Object.entries(properties)
    .filter((entry): entry is [string, Json] => isJson(entry[1]))
    .sort(([, one], [, other]) => (numberOrNull(one.position) ?? 0) - (numberOrNull(other.position) ?? 0))
    .map(([name, property]) => readAttribute(name, property));
}

function readAttribute(name: string, json: Json): Attribute {
  const choices = list(json.enumeration).filter((choice) => typeof choice === "string");
  return {
    name,
    displayName: text(json.displayName) || name,
    kind: kindOf(text(json.type), choices.length > 0),
    isMany: json.array === true || json.multi === true,
    choices,
    tree: readTree(json.tree),
    target: textOrNull(json.target) ?? "customer",
    isPlain: json.display === "plain",
    isRequired: json.required === true,
    isSensitive: json.hasSensitiveAttributes === true,
    description: textOrNull(json.description) ?? "",
    initial: json.default ?? null,
  };
}

function kindOf(type: string, hasChoices: boolean): Kind {
  if (type === "Str") return hasChoices ? "choice" : "text";
  return KINDS.find((kind) => TYPES[kind] === type) ?? "text";
}

/** As `PUT /v1/metadata/…` takes it; the order of several is the order in which they are given. */
export function asProperty(attribute: Attribute): Json {
  const { kind, isMany } = attribute;
  return {
    displayName: attribute.displayName.trim(),
    type: TYPES[kind],
    required: attribute.isRequired,
    hasSensitiveAttributes: attribute.isSensitive,
    description: attribute.description.trim(),
    default: attribute.initial,
    ...(kind === "number" ? { display: attribute.isPlain ? "plain" : "grouped" } : {}),
    ...(kind === "choice" ? { enumeration: attribute.choices } : {}),
    ...(kind === "levels" ? { tree: asTree(attribute.tree) } : {}),
    ...(kind === "reference" ? { target: attribute.target } : {}),
    ...(mayBeMany(kind) ? { array: isMany } : {}),
  };
}

function readTree(tree: unknown): Branch[] {
  return list(tree)
    .filter(isJson)
    .map((branch) => ({
      name: text(branch.name),
      label: text(branch.displayName) || text(branch.name),
      below: readTree(branch.children),
    }));
}

function asTree(branches: readonly Branch[]): Json[] {
  return branches.map(({ name, label, below }) => ({
    name,
    ...(label === name ? {} : { displayName: label }),
    ...(below.length === 0 ? {} : { children: asTree(below) }),
  }));
}

/** What is still missing before it can be saved, by the field that lacks it. */
export type Lacks = Partial<Record<"displayName" | "name" | "choices" | "tree", LackReason>>;
export type LackReason = "empty" | "form" | "taken";

const A_NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,63}$/u;

export function lacks(attribute: Attribute, others: readonly Attribute[]): Lacks {
  const found: Lacks = {};
  if (attribute.displayName.trim() === "") found.displayName = "empty";
  else if (others.some((other) => isCalledLike(other, attribute))) found.displayName = "taken";
  if (!A_NAME.test(attribute.name)) found.name = "form";
  else if (others.some(({ name }) => name.toLowerCase() === attribute.name.toLowerCase()))
    found.name = "taken";
  if (attribute.kind === "choice" && attribute.choices.length === 0) found.choices = "empty";
  if (attribute.kind === "levels" && attribute.tree.length === 0) found.tree = "empty";
  return found;
}

/** Two rows of one name could not be told apart beside a conversation. */
function isCalledLike(one: Attribute, other: Attribute): boolean {
  const plain = ({ displayName }: Attribute) => displayName.trim().toLowerCase();
  return plain(one) === plain(other);
}
