import { isJson, numberOrNull } from "../../desk/reading.ts";
import { METRICS, type Metric } from "../../sla/sla.ts";
import { isOdd, type Length, lengthOf, NO_LENGTH, secondsOf } from "./lengths.ts";

export const PRIORITIES = ["5", "4", "3", "2", "1"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** How long one thing may take. `byPriority` is null where all conversations have the same. */
export interface Target {
  readonly isOn: boolean;
  readonly any: Length;
  readonly byPriority: Readonly<Record<Priority, Length>> | null;
}

export type Targets = Readonly<Record<Metric, Target>>;

/** As the API has them. */
export type Metrics = Readonly<
  Partial<Record<Metric, { seconds: number | null; byPriority: Readonly<Record<string, number>> }>>
>;

/** None yet, in the unit that the others have. */
export function noneByPriority({ unit }: Length): Readonly<Record<Priority, Length>> {
  const none = { amount: "", unit };
  return { 5: none, 4: none, 3: none, 2: none, 1: none };
}

export function targetsFrom(metrics: Metrics): Targets {
  const target = (metric: Metric): Target => {
    const found = metrics[metric];
    if (found === undefined) return { isOn: false, any: NO_LENGTH, byPriority: null };
    const any = lengthOf(found.seconds);
    const named = PRIORITIES.flatMap((one) => {
      const seconds = found.byPriority[one];
      return seconds === undefined ? [] : [[one, lengthOf(seconds)] as const];
    });
    const byPriority = { ...noneByPriority(any), ...Object.fromEntries(named) };
    return { isOn: true, any, byPriority: named.length > 0 ? byPriority : null };
  };
  return Object.fromEntries(METRICS.map((metric) => [metric, target(metric)])) as unknown as Targets;
}

/** Only what is promised, in the order of the metrics. */
export function metricsOf(targets: Targets): Metrics {
  const on = METRICS.filter((metric) => targets[metric].isOn).map((metric) => {
    const { any, byPriority } = targets[metric];
    const named = Object.entries(byPriority ?? {}).flatMap(([priority, length]) => {
      const seconds = secondsOf(length);
      return seconds === null ? [] : [[priority, seconds] as const];
    });
    return [metric, { seconds: secondsOf(any), byPriority: Object.fromEntries(named) }] as const;
  });
  return Object.fromEntries(on);
}

export function metricsFrom(value: unknown): Metrics {
  const json = isJson(value) ? value : {};
  const found = METRICS.flatMap((metric) => {
    const target = json[metric];
    if (!isJson(target)) return [];
    const byPriority = isJson(target.byPriority) ? target.byPriority : {};
    const numbers = Object.entries(byPriority).filter((entry): entry is [string, number] => {
      return numberOrNull(entry[1]) !== null;
    });
    const one = { seconds: numberOrNull(target.seconds), byPriority: Object.fromEntries(numbers) };
    return [[metric, one] as const];
  });
  return Object.fromEntries(found);
}

/** Null when it can be promised. */
export function lackOf(target: Target): "length" | "odd" | null {
  if (!target.isOn) return null;
  const lengths = [target.any, ...Object.values(target.byPriority ?? {})];
  if (lengths.some(isOdd)) return "odd";
  return lengths.every((length) => secondsOf(length) === null) ? "length" : null;
}
