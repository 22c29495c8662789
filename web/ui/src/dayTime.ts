import { dayOf } from "./groupMessages.ts";
import { clockTime, daysBetween, format, type Moment, ms, type TimeReader } from "./time.ts";

/** "14:03" of today; of another day with it: "23 Sept, 14:03", with the year when it is another one. */
export function dayTime(at: Moment, now: Moment, reader: TimeReader = {}): string {
  if (daysBetween(now, at, reader.timeZone) === 0) return clockTime(at, reader);
  const sameYear = dayOf(at, reader.timeZone).slice(0, 4) === dayOf(now, reader.timeZone).slice(0, 4);
  const hours = { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" } as const;
  return format(reader, sameYear ? hours : { ...hours, year: "numeric" }).format(ms(at));
}
