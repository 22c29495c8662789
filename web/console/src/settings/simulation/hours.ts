import { HOURS } from "./scenario.ts";
import type { Simulation } from "./simulations.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const MOST_IN_HOUR = 5_000;

interface HourOfDay {
  /** In UTC, as scenarios have it. */
  readonly hour: number;
  /** As the reader's clock shows it. */
  readonly name: string;
}

/** The hours of a day as the reader's clock goes through them, from midnight on. */
export function dayFrom(at: number): readonly HourOfDay[] {
  const midnight = at - (((at % DAY_MS) + DAY_MS) % DAY_MS);
  const shown = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
  return Array.from({ length: HOURS }, (_, hour) => {
    const moment = new Date(midnight + hour * HOUR_MS);
    return { hour, name: shown.format(moment), minute: moment.getHours() * 60 + moment.getMinutes() };
  })
    .sort((one, other) => one.minute - other.minute)
    .map(({ hour, name }) => ({ hour, name }));
}

/** How many arrived on average in each hour of the day in UTC, as far as a simulation has told. */
export function arrivedIn({ from, outcome }: Simulation): readonly number[] | null {
  if (outcome === null) return null;
  const { bucketMs, whole } = outcome.before;
  const counts = Array.from({ length: HOURS }, () => 0);
  const lasted = Array.from({ length: HOURS }, () => 0);
  whole.series.arrivals.forEach((count, bucket) => {
    const hour = new Date(Date.parse(from) + bucket * bucketMs).getUTCHours();
    counts[hour] = (counts[hour] ?? 0) + (count ?? 0);
    lasted[hour] = (lasted[hour] ?? 0) + bucketMs;
  });
  return counts.map((count, hour) => Math.round((10 * count * HOUR_MS) / (lasted[hour] || HOUR_MS)) / 10);
}

const STEPS = [20, 50, 100, 200, 500, 1_000, 2_000, 5_000];

/** How much the whole height is: room above the highest. */
export function scaleFor(hours: readonly (number | null)[]): number {
  const highest = Math.max(...hours.map((value) => value ?? 0));
  return STEPS.find((step) => step >= highest * 1.25) ?? MOST_IN_HOUR;
}
