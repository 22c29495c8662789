import { upcomingTime } from "@kithdesk/ui";

import { localTime } from "../../customer/local-time.ts";
import { words } from "./en.ts";
import type { Now } from "./schedules.ts";
import { DAY, type Hours } from "./week.ts";
import { placeOf, shownIn } from "./zones.ts";

/** A Sunday: days are named by their number from it. */
const SUNDAY = Date.UTC(2026, 10, 29);

export function dayName(day: number, width: "long" | "short" = "long"): string {
  return new Intl.DateTimeFormat(undefined, { weekday: width, timeZone: "UTC" }).format(
    SUNDAY + day * 86_400_000,
  );
}

/** A minute of the day as the reader's clocks show it. */
export function clockOf(minute: number): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: "short", timeZone: "UTC" }).format(minute * 60_000);
}

export function inWords(hours: Hours): string {
  if (hours.length === 0) return words.closedDay;
  if (hours.length === 1 && hours[0]?.[0] === 0 && hours[0][1] === DAY) return words.allDay;
  return hours.map(([opens, closes]) => `${clockOf(opens)}–${clockOf(closes)}`).join(", ");
}

/** A date of the calendar, wherever the reader is. */
export function dateOf(date: string): string {
  const options: Intl.DateTimeFormatOptions = {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  };
  const at = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? date : new Intl.DateTimeFormat(undefined, options).format(at);
}

/** What the server said, a while later: each change it told of has happened by its time. */
export function asOf(now: string, { isOpen, nextOpeningAt, nextClosingAt }: Now): Now {
  const isPast = (at: string | null) => at !== null && at <= now;
  const change = isOpen ? nextClosingAt : nextOpeningAt;
  if (!isPast(change)) return { isOpen, nextOpeningAt, nextClosingAt };
  const after = { isOpen: !isOpen, nextOpeningAt, nextClosingAt };
  return isPast(isOpen ? nextOpeningAt : nextClosingAt) ? { ...after, isOpen } : after;
}

/** The time there, whether it is open, and until when: "Now 14:32 in Europe/Berlin · open until 17:00". */
export function nowInWords(present: Now, now: string, zone: string): string {
  const time = localTime(now, zone);
  const there = time === null ? placeOf(zone) : words.nowIn(time, placeOf(zone));
  const state = stateOf(present, now, zone);
  return state === null ? there : words.nowAnd(there, state);
}

/** Null while the server has not been asked what comes after a change. */
function stateOf({ isOpen, nextOpeningAt, nextClosingAt }: Now, now: string, zone: string): string | null {
  const at = isOpen ? nextClosingAt : nextOpeningAt;
  if (at === null) return isOpen ? words.neverCloses : words.neverOpens;
  if (at <= now) return null;
  const when = upcomingTime(at, now, shownIn(zone));
  return isOpen ? words.openUntil(when) : words.closedUntil(when);
}
