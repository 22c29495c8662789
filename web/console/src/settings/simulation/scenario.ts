import { isJson, list } from "../../desk/reading.ts";

/*
 * A scenario as it is sent: only what is otherwise, the rest stays as it was then. The form reads it and writes into
 * it, and so does whoever types JSON: what one of them says and the other cannot show stays as it is.
 */

export type Json = Readonly<Record<string, unknown>>;
export type Scenario = Json;
export type Path = readonly string[];

/** What is said at a place, if anything is. */
export function saidAt(scenario: Scenario, path: Path): unknown {
  return path.reduce<unknown>((inner, name) => (isJson(inner) ? inner[name] : undefined), scenario);
}

/** With something said at a place; undefined takes it away, and with it what says nothing any more. */
export function withSaid(scenario: Scenario, [name, ...rest]: Path, value: unknown): Scenario {
  if (name === undefined) return scenario;
  const before = scenario[name];
  const inner = rest.length === 0 ? value : withSaid(isJson(before) ? before : {}, rest, value);
  const isNothing =
    inner === undefined ||
    (rest.length > 0 && value === undefined && Object.keys(inner as Json).length === 0);
  const { [name]: _, ...others } = scenario;
  return isNothing ? others : { ...scenario, [name]: inner };
}

/** A number as it would be: null for a field that is empty. */
export function numberAt(scenario: Scenario, path: Path, today: number | null): number | null {
  const value = saidAt(scenario, path);
  if (value === undefined) return today;
  return typeof value === "number" ? value : null;
}

/** What is as it is today is not said. */
export function withNumber(
  scenario: Scenario,
  path: Path,
  value: number | null,
  today: number | null,
): Scenario {
  return withSaid(scenario, path, value === today ? undefined : value);
}

interface Keyed {
  readonly id: string;
  readonly key: string;
}

/** Where a queue's changes are: by its key, where somebody has typed that, else by its id. */
export function placeOf(scenario: Scenario, { id, key }: Keyed): Path {
  const said = saidAt(scenario, ["queues"]);
  return ["queues", isJson(said) && key in said && !(id in said) ? key : id];
}

/** Whether a queue is meant, by its key or its id. */
export function isCalled({ id, key }: Keyed, called: unknown): boolean {
  return called === id || called === key;
}

// Agents who are not there today, in groups of equals.

export function groupsOf(scenario: Scenario): readonly Json[] {
  return list(saidAt(scenario, ["roster", "add"])).filter(isJson);
}

export function withGroups(scenario: Scenario, groups: readonly Json[]): Scenario {
  return withSaid(scenario, ["roster", "add"], groups.length === 0 ? undefined : groups);
}

/** When a group is there: while anybody is, by the hours of a schedule, or as an agent was. */
export type Presence = "" | `schedule:${string}` | `like:${string}`;

/** Where somebody has typed both, hours count, as they do for the server. */
export function presenceOf({ like, schedule }: Json): Presence {
  if (typeof schedule === "string") return `schedule:${schedule}`;
  return typeof like === "string" ? `like:${like}` : "";
}

export function withPresence(group: Json, presence: Presence): Json {
  const { like: _, schedule: __, ...others } = group;
  if (presence === "") return others;
  const [kind, id] = presence.split(":", 2);
  return kind === undefined ? others : { ...others, [kind]: id };
}

export function leftOut(scenario: Scenario): readonly string[] {
  return list(saidAt(scenario, ["roster", "remove"])).filter((one) => typeof one === "string");
}

export function withLeftOut(scenario: Scenario, id: string, isOut: boolean): Scenario {
  const others = leftOut(scenario).filter((one) => one !== id);
  const left = isOut ? [...others, id] : others;
  return withSaid(scenario, ["roster", "remove"], left.length === 0 ? undefined : left);
}

// Rules

/** Null: those that there were. */
export function rulesOf(scenario: Scenario): readonly Json[] | null {
  return Array.isArray(scenario.rules) ? scenario.rules.filter(isJson) : null;
}

export function withRules(scenario: Scenario, rules: readonly Json[] | null): Scenario {
  return withSaid(scenario, ["rules"], rules ?? undefined);
}

// Load

export const HOURS = 24;

/** How many arrive in each hour of the day in UTC; null: as many as did. Null within: a field that is empty. */
export function hoursOf(scenario: Scenario): readonly (number | null)[] | null {
  const said = saidAt(scenario, ["load", "perHour"]);
  if (!Array.isArray(said)) return null;
  return Array.from({ length: HOURS }, (_, hour) => (typeof said[hour] === "number" ? said[hour] : null));
}

// What keeps it from being played

/** `isNeeded`: null, which an empty field is, says nothing there. */
interface Bound {
  readonly path: Path;
  readonly least: number;
  readonly most: number;
  readonly isNeeded: boolean;
}

const BOUNDS: readonly Bound[] = [
  { path: ["queues", "*", "priority"], least: 1, most: 100, isNeeded: true },
  { path: ["queues", "*", "weight"], least: 1, most: 1_000, isNeeded: true },
  { path: ["queues", "*", "overflow", "afterSeconds"], least: 5, most: 86_400, isNeeded: false },
  { path: ["queues", "*", "overflow", "overWaiting"], least: 1, most: 100_000, isNeeded: false },
  { path: ["teams", "*", "capacityPerAgent"], least: 1, most: 1_000, isNeeded: true },
  { path: ["roster", "add", "*", "count"], least: 0, most: 100, isNeeded: true },
  { path: ["rules", "*", "priority"], least: 1, most: 100, isNeeded: false },
  { path: ["acceptSeconds"], least: 0, most: 86_400, isNeeded: false },
  { path: ["load", "handleSeconds"], least: 10, most: 86_400, isNeeded: false },
];

/** Numbers that the server would refuse. */
export function hasOddNumbers(scenario: Scenario): boolean {
  const factor = saidAt(scenario, ["load", "factor"]);
  return (
    (factor !== undefined && !isWithin(factor, 0.05, 5)) ||
    (hoursOf(scenario) ?? []).some((value) => !isWithin(value, 0, 5_000)) ||
    BOUNDS.some((bound) => valuesAt(scenario, bound.path).some((value) => isOdd(value, bound)))
  );
}

function isOdd(value: unknown, { least, most, isNeeded }: Bound): boolean {
  if (value === undefined) return false;
  return value === null ? isNeeded : !(Number.isInteger(value) && isWithin(value, least, most));
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return typeof value === "number" && value >= least && value <= most;
}

function valuesAt(value: unknown, [name, ...rest]: Path): readonly unknown[] {
  if (name === undefined) return [value];
  if (name !== "*") return isJson(value) ? valuesAt(value[name], rest) : [];
  const inner = Array.isArray(value) ? value : isJson(value) ? Object.values(value) : [];
  return inner.flatMap((one) => valuesAt(one, rest));
}

/** An overflow that goes nowhere, or never. */
export function hasOddOverflow(scenario: Scenario): boolean {
  return valuesAt(scenario, ["queues", "*", "overflow"])
    .filter(isJson)
    .some(
      ({ toQueue, afterSeconds, overWaiting }) =>
        typeof toQueue !== "string" || ((afterSeconds ?? null) === null && (overWaiting ?? null) === null),
    );
}

/** As it is sent: nobody is no group. */
export function sent(scenario: Scenario): Scenario {
  return withGroups(
    scenario,
    groupsOf(scenario).filter(({ count }) => count !== 0),
  );
}
