import { hasOddNumbers, hasOddOverflow, type Scenario } from "./scenario.ts";
import type { Simulation } from "./simulations.ts";
import type { Worked } from "./today.ts";

/** What one has typed. */
export interface Draft {
  readonly name: string;
  /** Local times, as inputs have them. */
  readonly from: string;
  readonly to: string;
  readonly scenario: Scenario;
  /** What was typed as JSON and is none, if anything was. */
  readonly unread: string | null;
}

const DAY_MS = 86_400_000;
const LONGEST_MS = 31 * DAY_MS;

/** The last hours of work as they were, without any the last day; or what was played before. */
export function draftFrom(now: number, before: Simulation | null, worked: Worked | null): Draft {
  const { from, to } = worked ?? { from: now - DAY_MS, to: now };
  return {
    name: before?.name ?? "",
    from: localTime(before === null ? from : Date.parse(before.from)),
    to: localTime(before === null ? Math.min(now, to) : Date.parse(before.to)),
    scenario: before?.scenario ?? {},
    unread: null,
  };
}

export type PeriodLack = "noBegin" | "noEnd" | "backwards" | "future" | "tooLong";
export type Lack = "json" | PeriodLack | "number" | "overflow";

/** What keeps it from being played, if anything does. */
export function lackOf({ from, to, scenario, unread }: Draft, now: number): Lack | null {
  if (unread !== null) return "json";
  const period = periodLackOf(Date.parse(from), Date.parse(to), now);
  if (period !== null) return period;
  if (hasOddNumbers(scenario)) return "number";
  return hasOddOverflow(scenario) ? "overflow" : null;
}

function periodLackOf(begins: number, ends: number, now: number): PeriodLack | null {
  if (Number.isNaN(begins)) return "noBegin";
  if (Number.isNaN(ends)) return "noEnd";
  if (ends > now) return "future";
  if (ends <= begins) return "backwards";
  return ends - begins > LONGEST_MS ? "tooLong" : null;
}

/** As `datetime-local` has it, to the minute. */
function localTime(at: number): string {
  const moment = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return moment.toISOString().slice(0, 16);
}
