import { fullWords, MINUTE, SECOND } from "../app/lengths.ts";
import { words } from "./en.ts";
import type { Mood } from "./sla.ts";

/** How long until `at`, or since. What the server has not called late is not late here, whatever this clock says. */
export function countdownWords(at: string, mood: Mood, now: number): string {
  const left = Date.parse(at) - now;
  if (mood === "late") return left > -MINUTE ? words.justLate : words.late(fullWords(-left));
  return left < SECOND ? words.dueNow : words.left(fullWords(left));
}
