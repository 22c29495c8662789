import { clockTime, daysBetween, format, type Moment, ms, relative, type TimeReader } from "./time.ts";

/** When something comes back: "14:03" today, "tomorrow, 09:00", "Mon, 09:00", "12 Mar, 09:00". */
export function upcomingTime(at: Moment, now: Moment, reader: TimeReader = {}): string {
  const days = daysBetween(now, at, reader.timeZone);
  const clock = clockTime(at, reader);
  if (days === 0) return clock;
  if (days === 1) return `${relative(reader, 1, "day", "long")}, ${clock}`;
  const options: Intl.DateTimeFormatOptions =
    days > 1 && days < 7 ? { weekday: "short" } : { day: "numeric", month: "short" };
  return `${format(reader, options).format(ms(at))}, ${clock}`;
}
