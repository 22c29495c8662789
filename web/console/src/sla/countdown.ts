import { words } from "./en.ts";
import type { Mood } from "./sla.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long until `at`, or since. What the server has not called late is not late here, whatever this clock says. */
export function countdownWords(at: string, mood: Mood, now: number): string {
  const left = Date.parse(at) - now;
  if (mood === "late") return left > -MINUTE ? words.justLate : words.late(lengthWords(-left));
  return left < SECOND ? words.dueNow : words.left(lengthWords(left));
}

/** In one unit, rounded down: nobody has less time than they read. */
export function lengthWords(length: number): string {
  if (length < MINUTE) return words.seconds(Math.floor(length / SECOND));
  if (length < 2 * HOUR) return words.minutes(Math.floor(length / MINUTE));
  if (length < 2 * DAY) return words.hours(Math.floor(length / HOUR));
  return words.days(Math.floor(length / DAY));
}
