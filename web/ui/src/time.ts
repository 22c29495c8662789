import { dayOf } from "./groupMessages.ts";

/** Where and how the reader reads times. Left out: their browser's settings. */
export interface TimeReader {
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
}

export type Moment = string | number | Date;

const DAY = 86_400_000;

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

/** How many calendar days `to` lies after `from` for this reader; summer time does not bend it. */
export function daysBetween(from: Moment, to: Moment, timeZone?: string): number {
  return Math.round((Date.parse(dayOf(to, timeZone)) - Date.parse(dayOf(from, timeZone))) / DAY);
}

export function ms(at: Moment): number {
  return new Date(at).getTime();
}

export function relative(
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

export function format(reader: TimeReader, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
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
