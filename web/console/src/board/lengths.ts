import { words } from "./en.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A running clock: "0:42", "12:05", "1:02:09", and from two days on in days. */
export function clockWords(length: number): string {
  const passed = Math.max(0, length);
  if (passed >= 2 * DAY) return words.short.days(Math.floor(passed / DAY));
  const [hours, minutes, seconds] = [
    Math.floor(passed / HOUR),
    Math.floor((passed % HOUR) / MINUTE),
    Math.floor((passed % MINUTE) / SECOND),
  ];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** About how long, in one unit. */
export function aboutWords(length: number): string {
  return inOneUnit(length, words.short);
}

export function spokenWords(length: number): string {
  return inOneUnit(length, words.spoken);
}

function inOneUnit(
  length: number,
  units: Readonly<Record<keyof typeof words.short, (count: number) => string>>,
) {
  const passed = Math.max(0, length);
  if (passed < MINUTE) return units.seconds(Math.floor(passed / SECOND));
  if (passed < 2 * HOUR) return units.minutes(Math.round(passed / MINUTE));
  return passed < 2 * DAY ? units.hours(Math.round(passed / HOUR)) : units.days(Math.round(passed / DAY));
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
