/* Lengths of time as one types them, a number and its unit; as the API has them, seconds. */

export const UNITS = ["minutes", "hours"] as const;
export type Unit = (typeof UNITS)[number] | "seconds";

export interface Length {
  /** As it was typed; empty is no length. */
  readonly amount: string;
  readonly unit: Unit;
}

export const NO_LENGTH: Length = { amount: "", unit: "hours" };

const SECONDS: Readonly<Record<Unit, number>> = { seconds: 1, minutes: 60, hours: 3_600 };
const LONGEST = 366 * 24 * SECONDS.hours;

export function lengthOf(seconds: number | null): Length {
  if (seconds === null) return NO_LENGTH;
  const unit = (["hours", "minutes"] as const).find((one) => seconds % SECONDS[one] === 0) ?? "seconds";
  return { amount: String(seconds / SECONDS[unit]), unit };
}

/** Null for none, and for what is no length. */
export function secondsOf({ amount, unit }: Length): number | null {
  const seconds = Math.round(Number(amount) * SECONDS[unit]);
  return amount.trim() !== "" && seconds >= 1 && seconds <= LONGEST ? seconds : null;
}

/** Something was typed that cannot be promised. */
export function isOdd(length: Length): boolean {
  return length.amount.trim() !== "" && secondsOf(length) === null;
}
