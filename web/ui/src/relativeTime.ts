import { dayOf } from "./groupMessages.ts";
import { daysBetween, format, type Moment, ms, relative, type TimeReader } from "./time.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * How long ago, as short as a list needs: "now", "4m ago", "3h ago", "yesterday", then a date.
 * A moment in the future (a snooze) reads "in 4m".
 */
export function relativeTime(at: Moment, now: Moment, reader: TimeReader = {}): string {
  const difference = ms(at) - ms(now);
  const distance = Math.abs(difference);
  if (distance < MINUTE) return relative(reader, 0, "second");
  if (distance < HOUR) return relative(reader, Math.trunc(difference / MINUTE), "minute");
  if (distance < 12 * HOUR) return relative(reader, Math.trunc(difference / HOUR), "hour");
  const days = daysBetween(now, at, reader.timeZone);
  if (days === 0) return relative(reader, Math.trunc(difference / HOUR), "hour");
  if (Math.abs(days) === 1) return relative(reader, days, "day");
  if (Math.abs(days) < 7) return format(reader, { weekday: "short" }).format(ms(at));
  const sameYear = dayOf(at, reader.timeZone).slice(0, 4) === dayOf(now, reader.timeZone).slice(0, 4);
  return format(
    reader,
    sameYear ? { day: "numeric", month: "short" } : { day: "numeric", month: "short", year: "numeric" },
  ).format(ms(at));
}

/**
 * How long ago in the fewest letters, for columns of times: "now", "4m", "3h", then "yesterday", a weekday or a date.
 * It says nothing of direction: use it for what has been.
 */
export function briefTime(at: Moment, now: Moment, reader: TimeReader = {}): string {
  const passed = ms(now) - ms(at);
  if (passed < MINUTE) return relativeTime(now, now, reader);
  if (passed < HOUR) return unit(reader, Math.trunc(passed / MINUTE), "minute");
  if (passed < 12 * HOUR || daysBetween(now, at, reader.timeZone) === 0) {
    return unit(reader, Math.trunc(passed / HOUR), "hour");
  }
  return relativeTime(at, now, reader);
}

function unit({ locale }: TimeReader, amount: number, name: "minute" | "hour"): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "narrow" }).format(amount);
}
