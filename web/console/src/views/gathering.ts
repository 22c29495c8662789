import { type Criterion, type FieldKind, isFinished, type Operator, type Query } from "./criteria.ts";

/** A criterion, or several that ask the same of one field. */
export interface Gathered extends Criterion {
  readonly isOfSeveral: boolean;
}

/** What says the same of several values as it says of each, where one of them is enough and where all must hold. */
const TOGETHER: Readonly<Record<Query["match"], ReadonlySet<Operator>>> = {
  or: new Set(["in", "contains", "equals", "prefix"]),
  and: new Set(["not_in", "not_contains", "not_equals"]),
};
const KINDS: ReadonlySet<FieldKind> = new Set(["choice", "text", "phone", "words"]);

/** Of a query to be read out: "contains any of mend, repair" instead of the same sentence once for each. */
export function gathered(
  { match, criteria }: Query,
  kindOf: (field: string) => FieldKind,
): readonly Gathered[] {
  const found: Gathered[] = [];
  for (const criterion of criteria.filter(isFinished)) {
    const { field, operator, values } = criterion;
    const mayJoin = TOGETHER[match].has(operator) && KINDS.has(kindOf(field));
    const place = mayJoin ? found.findIndex((one) => one.field === field && one.operator === operator) : -1;
    const before = found[place];
    if (before === undefined) found.push({ ...criterion, isOfSeveral: false });
    else found[place] = { ...before, values: [...before.values, ...values], isOfSeveral: true };
  }
  return found;
}
