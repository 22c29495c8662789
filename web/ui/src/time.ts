import { dayOf } from "./groupMessages.ts";

/** Where and how the reader reads times. Left out: their browser's settings. */
export interface TimeReader {
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
}

type Moment = string | number | Date;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

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

/** The whole truth, for hover and screen readers: "Tuesday, 24 November 2026 at 14:03". */
export function exactTime(at: Moment, reader: TimeReader = {}): string {
  return format(reader, { dateStyle: "full", timeStyle: "short" }).format(ms(at));
}

/** "14:03", as the reader's locale writes it. */
export function clockTime(at: Moment, reader: TimeReader = {}): string {
  return format(reader, { timeStyle: "short" }).format(ms(at));
}

/** The label of a day divider: "Today", "Yesterday", "Monday, 3 March", with the year when it is another one. */
export function dayLabel(at: Moment, now: Moment, reader: TimeReader = {}): string {
  const days = daysBetween(now, at, reader.timeZone);
  if (days === 0 || days === -1) return capitalised(relative(reader, days, "day", "long"), reader.locale);
  const sameYear = dayOf(at, reader.timeZone).slice(0, 4) === dayOf(now, reader.timeZone).slice(0, 4);
  return format(
    reader,
    sameYear
      ? { weekday: "long", day: "numeric", month: "long" }
      : { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  ).format(ms(at));
}

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

/** How many calendar days `to` lies after `from` for this reader; summer time does not bend it. */
export function daysBetween(from: Moment, to: Moment, timeZone?: string): number {
  return Math.round((Date.parse(dayOf(to, timeZone)) - Date.parse(dayOf(from, timeZone))) / DAY);
}

function ms(at: Moment): number {
  return new Date(at).getTime();
}

function unit({ locale }: TimeReader, amount: number, name: "minute" | "hour"): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "narrow" }).format(amount);
}

function relative(
  reader: TimeReader,
  amount: number,
  unit: Intl.RelativeTimeFormatUnit,
  style: "narrow" | "long" = "narrow",
): string {
  const key = `${reader.locale ?? ""}|${style}`;
  let formatter = relativeFormats.get(key);
  if (formatter === undefined) {
    formatter = new Intl.RelativeTimeFormat(reader.locale, { numeric: "auto", style });
    relativeFormats.set(key, formatter);
  }
  return formatter.format(amount, unit);
}

function format(reader: TimeReader, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${reader.locale ?? ""}|${reader.timeZone ?? ""}|${JSON.stringify(options)}`;
  let formatter = dateFormats.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(reader.locale, {
      ...options,
      ...(reader.timeZone === undefined ? {} : { timeZone: reader.timeZone }),
    });
    dateFormats.set(key, formatter);
  }
  return formatter;
}

function capitalised(text: string, locale?: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

// Making a formatter costs some hundred times what formatting costs; a list formats one per row and minute.
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();
