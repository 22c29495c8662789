import type { BusinessHours } from "../../chat/shapes.ts";

/** Whether it is open at a moment, and until when; null once more has changed than the server told of. */
export function hoursAt(
  { open, nextOpeningAt, nextClosingAt }: BusinessHours,
  now: number,
): { open: boolean; until: string | null } | null {
  const [first, second] = open ? [nextClosingAt, nextOpeningAt] : [nextOpeningAt, nextClosingAt];
  if (!first || now < Date.parse(first)) return { open, until: first };
  return !second || now < Date.parse(second) ? { open: !open, until: second } : null;
}
