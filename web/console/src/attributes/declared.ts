import { isJson, list, type Resource, text, texts } from "../desk/reading.ts";
import type { FieldType } from "./names.ts";
import { labelFrom, typeOf } from "./names.ts";

/** What an administrator said that records may hold. */
export interface Declared {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly description: string;
  /** What it may be, where that is a closed list. */
  readonly choices: readonly Choice[];
  readonly isList: boolean;
  readonly isRequired: boolean;
  /** A number that is written without separators. */
  readonly isPlain?: boolean;
  /** Only administrators read and write it. */
  readonly isSensitive?: boolean;
  /** What a new record begins with when nothing else is said. */
  readonly initial?: unknown;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** How far below the top of its tree. */
  readonly depth: number;
}

export function declaredFrom({ attributes }: Resource): Declared[] {
  const properties = isJson(attributes.properties) ? attributes.properties : {};
  return Object.entries(properties).flatMap(([name, property]) =>
    isJson(property) ? [readDeclared(name, property)] : [],
  );
}

function readDeclared(name: string, json: Readonly<Record<string, unknown>>): Declared {
  const type = typeof json.type === "string" ? (json.type as FieldType) : typeOf(name);
  return {
    name,
    label: labelFrom(text(json.displayName), name),
    type,
    description: text(json.description),
    choices:
      type === "Tree"
        ? branches(json.tree)
        : texts(json.enumeration).map((value) => ({ value, label: value, depth: 0 })),
    isList: json.array === true || json.multi === true,
    isRequired: json.required === true,
    ...(json.display === "plain" && { isPlain: true }),
    ...(json.hasSensitiveAttributes === true && { isSensitive: true }),
    ...(json.default !== undefined && json.default !== null && { initial: json.default }),
  };
}

/** A tree from the top, each branch under its path, as values are written. */
function branches(tree: unknown, above = "", depth = 0): Choice[] {
  return list(tree).flatMap((branch): Choice[] => {
    if (!isJson(branch) || text(branch.name) === "") return [];
    const value = above === "" ? text(branch.name) : `${above}.${text(branch.name)}`;
    const label = text(branch.displayName) || text(branch.name);
    return [{ value, label, depth }, ...branches(branch.children, value, depth + 1)];
  });
}
