import { isJson, list } from "../desk/reading.ts";

/*
 * What is asked for, as its builder has it and as the search language writes it. The language can say more than the
 * builder: what it cannot show is kept as it is, and not edited here.
 */

export type Operator =
  | "in"
  | "not_in"
  | "set"
  | "not_set"
  | "contains"
  | "not_contains"
  | "equals"
  | "not_equals"
  | "prefix"
  | "gt"
  | "gte"
  | "lt"
  | "lte"
  // Of days; what is counted from now is `gt` and `lt`.
  | "after"
  | "before";

/** What is compared: one of a few, words, a number, how long ago, how soon, yes or no. */
export type FieldKind = "choice" | "text" | "phone" | "words" | "number" | "age" | "soon" | "yesno";

export interface Criterion {
  /** As the search language calls it: `conversation_status`. */
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly string[];
  /** As it was written, until somebody changes it: what is not known here is not made into a text. */
  readonly given?: unknown;
}

export interface Query {
  /** All of the criteria, or any of them. */
  readonly match: "and" | "or";
  readonly criteria: readonly Criterion[];
  /** What is promised to be answered first; else what happened last. */
  readonly isByDue?: boolean;
  /** Whose days are meant. */
  readonly timeZone?: string;
}

/** Whoever looks: a shared view shows each agent their own. */
export const ME = "$me";

export const OPERATORS: Readonly<Record<FieldKind, readonly Operator[]>> = {
  choice: ["in", "not_in", "set", "not_set"],
  text: ["contains", "not_contains", "equals", "not_equals", "prefix", "set", "not_set"],
  phone: ["contains", "equals", "set", "not_set"],
  words: ["contains", "not_contains"],
  number: ["equals", "gt", "gte", "lt", "lte", "set", "not_set"],
  // Further back than, or since: from now. Then days.
  age: ["lt", "gt", "before", "equals", "after", "set", "not_set"],
  // What is past is sooner than any time to come.
  soon: ["lt", "set", "not_set"],
  yesno: ["equals", "set", "not_set"],
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

/** Whether a time is compared with a day, and not with so long ago. */
export function isOfDays(operator: Operator): boolean {
  return operator === "before" || operator === "equals" || operator === "after";
}

export const BY_DUE = [{ conversation_sla_due_at: "asc" }] as const;

/** Those of a record that applies to whatever matches: without a finished one, to everything. */
export function criteriaOf(
  query: Query,
  kindOf: (field: string) => FieldKind,
): Readonly<Record<string, unknown>> {
  return query.criteria.some(isFinished) ? asSearch(query, kindOf) : {};
}

const WIRE: Partial<Record<Operator, string>> = { after: "gt", before: "lt" };
const A_DAY = /^\d{4}-\d\d-\d\d$/u;
const FROM_NOW = /^[+-]\d{1,5}[mhd]$/u;

export function asSearch(
  query: Query,
  kindOf: (field: string) => FieldKind,
): Readonly<Record<string, unknown>> {
  const criteria = query.criteria.filter(isFinished);
  const members = criteria.map(({ field, operator, values, given }) => ({
    [field]: { [WIRE[operator] ?? operator]: given ?? wireValue(operator, values, kindOf(field)) },
  }));
  // What is kept as a day is compared with a day, also where so long ago is asked for.
  const hasDays = criteria.some(({ field }) => kindOf(field) === "age") || criteria.some(isAboutDays);
  return {
    [query.match]: members,
    ...(query.isByDue === true && { sort: BY_DUE }),
    ...((hasDays || query.timeZone !== undefined) && {
      timeZone: query.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
  };
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
  if (known.length !== criteria.length) return null;
  const timeZone = zoneIn(search, known);
  return { match, criteria: known, ...(isByDue && { isByDue }), ...(timeZone !== null && { timeZone }) };
}

/** Days that are nobody's are those of UTC, and stay so. */
function zoneIn({ timeZone }: Readonly<Record<string, unknown>>, criteria: readonly Criterion[]) {
  if (typeof timeZone === "string") return timeZone;
  const hasTimes = criteria.some(({ values }) => values.some((value) => FROM_NOW.test(value)));
  return hasTimes || criteria.some(isAboutDays) ? "UTC" : null;
}

function isAboutDays({ values }: Criterion): boolean {
  return values.some((value) => A_DAY.test(value));
}

const WRITTEN = new Set<string>(
  Object.values(OPERATORS)
    .flat()
    .map((operator) => WIRE[operator] ?? operator),
);

function criterionFrom(member: unknown): Criterion | null {
  const [entry, another] = isJson(member) ? Object.entries(member) : [];
  if (entry === undefined || another !== undefined) return null;
  const [field, comparison] = entry;
  const [compared, second] = isJson(comparison) ? Object.entries(comparison) : [];
  if (compared === undefined || second !== undefined || !WRITTEN.has(compared[0])) return null;
  const [operator, given] = compared;
  const values = Array.isArray(given) ? given : [given];
  return {
    field,
    operator: operatorFrom(operator, given),
    values: values.map(String).filter((value) => value !== ""),
    given,
  };
}

function operatorFrom(operator: string, value: unknown): Operator {
  if (typeof value === "string" && A_DAY.test(value)) {
    if (operator === "gt") return "after";
    if (operator === "lt") return "before";
  }
  return operator as Operator;
}
