import type { Terms } from "./profiles.ts";
import type { Overflow } from "./queues.ts";

/** Whether it may be saved like this. */
export function isWithin(value: number | null, least: number, most: number): boolean {
  return value === null || (Number.isInteger(value) && value >= least && value <= most);
}

/** An overflow that never happens, or that the server would refuse. */
export function lacksTerms({ toQueue, afterSeconds, overWaiting, message, form }: Overflow): boolean {
  return (
    (toQueue === null && (message ?? "").trim() === "" && !form) ||
    (afterSeconds === null && overWaiting === null) ||
    !isWithin(afterSeconds, 5, 86_400) ||
    !isWithin(overWaiting, 1, 100_000)
  );
}

/** Numbers that the server would refuse. */
export function hasOddTerms(terms: Terms): boolean {
  const isOdd = (value: number | null, least: number, most: number) => !isWithin(value, least, most);
  const numbers = [
    ...Object.values(terms.channelWeights ?? {}),
    ...Object.values(terms.capacityByPriority ?? {}),
  ];
  return (
    isOdd(terms.capacityPerAgent, 1, 1_000) ||
    isOdd(terms.acceptTimeoutSeconds, 5, 3_600) ||
    isOdd(terms.wrapUpSeconds, 0, 3_600) ||
    isOdd(terms.lastAgentFirstSeconds, 0, 31_536_000) ||
    isOdd(terms.lastAgentHoldSeconds, 0, 86_400) ||
    isOdd(terms.languageHoldSeconds, 0, 86_400) ||
    numbers.some((value) => isOdd(value, 1, 1_000)) ||
    Object.keys(terms.capacityByPriority ?? {}).some((priority) => isOdd(Number(priority), 1, 100))
  );
}
