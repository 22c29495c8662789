import { isJson, list } from "../desk/reading.ts";

/*
 * What a saved view asks for, as its builder has it and as the search language writes it. The language can say more
 * than the builder: what it cannot show is kept as it is, and not edited here.
 */

export type Operator = "in" | "not_in" | "set" | "not_set" | "contains" | "equals" | "gt" | "lt";

/** What is compared: one of a few, words, a number, how long ago, how soon, yes or no. */
export type FieldKind = "choice" | "text" | "number" | "age" | "soon" | "yesno";

export interface Criterion {
  /** As the search language calls it: `conversation_status`. */
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

export interface Query {
  /** All of the criteria, or any of them. */
  readonly match: "and" | "or";
  readonly criteria: readonly Criterion[];
  /** What is promised to be answered first; else what happened last. */
  readonly isByDue?: boolean;
}

/** Whoever looks: a shared view shows each agent their own. */
export const ME = "$me";

export const OPERATORS: Readonly<Record<FieldKind, readonly Operator[]>> = {
  choice: ["in", "not_in", "set", "not_set"],
  text: ["contains", "equals", "set", "not_set"],
  number: ["equals", "gt", "lt", "set", "not_set"],
  // Further back than, or since: from now.
  age: ["lt", "gt", "set", "not_set"],
  // What is past is sooner than any time to come.
  soon: ["lt", "set", "not_set"],
  yesno: ["equals"],
};

/** What one begins with. */
export const NEW_QUERIES: Readonly<Record<"conversation" | "customer", Query>> = {
  conversation: {
    match: "and",
    criteria: [{ field: "conversation_status", operator: "in", values: ["open"] }],
  },
  customer: { match: "and", criteria: [] },
};

export function needsValue(operator: Operator): boolean {
  return operator !== "set" && operator !== "not_set";
}

/** A criterion that is not finished asks for nothing. */
export function isFinished({ operator, values }: Criterion): boolean {
  return !needsValue(operator) || values.some((value) => value.trim() !== "");
}

const BY_DUE = [{ conversation_sla_due_at: "asc" }] as const;

/** Those of a record that applies to whatever matches: without a finished one, to everything. */
export function criteriaOf(
  query: Query,
  kindOf: (field: string) => FieldKind,
): Readonly<Record<string, unknown>> {
  return query.criteria.some(isFinished) ? asSearch(query, kindOf) : {};
}

export function asSearch(
  query: Query,
  kindOf: (field: string) => FieldKind,
): Readonly<Record<string, unknown>> {
  const members = query.criteria.filter(isFinished).map(({ field, operator, values }) => ({
    [field]: { [operator]: wireValue(operator, values, kindOf(field)) },
  }));
  return { [query.match]: members, ...(query.isByDue === true && { sort: BY_DUE }) };
}

function wireValue(operator: Operator, values: readonly string[], kind: FieldKind): unknown {
  if (!needsValue(operator)) return "";
  if (operator === "in" || operator === "not_in") return values;
  const [value = ""] = values;
  if (kind === "number") return Number(value);
  return kind === "yesno" ? value === "true" : value;
}

/** Null for what the builder cannot show. */
export function fromSearch(search: unknown): Query | null {
  if (!isJson(search)) return null;
  const groups = (["and", "or"] as const).filter((name) => name in search);
  const [match = "and", another] = groups;
  const isByDue = JSON.stringify(search.sort) === JSON.stringify(BY_DUE);
  if (another !== undefined || "not" in search || ("sort" in search && !isByDue)) return null;
  const criteria = list(search[match]).map(criterionFrom);
  const known = criteria.filter((criterion) => criterion !== null);
  return known.length === criteria.length ? { match, criteria: known, ...(isByDue && { isByDue }) } : null;
}

const ALL_OPERATORS = new Set<string>(Object.values(OPERATORS).flat());

function criterionFrom(member: unknown): Criterion | null {
  const [entry, another] = isJson(member) ? Object.entries(member) : [];
  if (entry === undefined || another !== undefined) return null;
  const [field, comparison] = entry;
  const [compared, second] = isJson(comparison) ? Object.entries(comparison) : [];
  if (compared === undefined || second !== undefined || !ALL_OPERATORS.has(compared[0])) return null;
  const values = Array.isArray(compared[1]) ? compared[1] : [compared[1]];
  return {
    field,
    operator: compared[0] as Operator,
    values: values.map(String).filter((value) => value !== ""),
  };
}
