import { unitWords as units } from "./en.ts";

/*
 * Lengths of time in words, all from milliseconds: running (`clockWords`), about (`aboutWords`, read out `spokenWords`),
 * at least (`fullWords`), to the unit (`exactWords`), as a figure in a table (`figureWords`).
 */

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A running clock: "0:42", "12:05", "1:02:09", and from two days on in days. */
export function clockWords(length: number): string {
  const passed = Math.max(0, length);
  if (passed >= 2 * DAY) return units.short.days(Math.floor(passed / DAY));
  const hours = Math.floor(passed / HOUR);
  const minutes = Math.floor((passed % HOUR) / MINUTE);
  const seconds = two(Math.floor((passed % MINUTE) / SECOND));
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}

/** About how long, to the nearest of one unit: "3 min". */
export function aboutWords(length: number): string {
  return inOneUnit(length, units.short, Math.round);
}

/** The same, to be read out: "3 minutes". */
export function spokenWords(length: number): string {
  return inOneUnit(length, units.spoken, Math.round);
}

/** What of it is full, in one unit: nobody has less time than they read. */
export function fullWords(length: number): string {
  return inOneUnit(length, units.short, Math.floor);
}

/** All of it, down to the least unit that matters: "1 h 30 min". */
export function exactWords(length: number, least: typeof SECOND | typeof MINUTE = SECOND): string {
  const hours = Math.floor(length / HOUR);
  const minutes = Math.floor((length % HOUR) / MINUTE);
  const seconds = least === SECOND ? Math.floor((length % MINUTE) / SECOND) : 0;
  const parts = [
    ...(hours > 0 ? [units.short.hours(hours)] : []),
    ...(minutes > 0 ? [units.short.minutes(minutes)] : []),
    ...(seconds > 0 ? [units.short.seconds(seconds)] : []),
  ];
  const none = least === SECOND ? units.short.seconds(0) : units.short.minutes(0);
  return parts.length === 0 ? none : parts.join(" ");
}

/** To compare with others in a column: "12 s", "4:30 min", "1:05 h". */
export function figureWords(length: number): string {
  const seconds = Math.round(length / SECOND);
  if (seconds < 60) return units.short.seconds(seconds);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes < 60) return `${minutes}:${two(rest)} min`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)} h`;
}

type Units = Readonly<Record<keyof typeof units.short, (count: number) => string>>;

/** Seconds are never rounded up: a minute begins when it is full. */
function inOneUnit(length: number, said: Units, rounded: (count: number) => number): string {
  const passed = Math.max(0, length);
  if (passed < MINUTE) return said.seconds(Math.floor(passed / SECOND));
  if (passed < 2 * HOUR) return said.minutes(rounded(passed / MINUTE));
  return passed < 2 * DAY ? said.hours(rounded(passed / HOUR)) : said.days(rounded(passed / DAY));
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
