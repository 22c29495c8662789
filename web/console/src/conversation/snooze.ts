import { snoozeWords as words } from "./en.ts";

export interface SnoozeChoice {
  readonly label: string;
  readonly until: Date;
}

const MORNING = 9;
const EVENING = 18;
const LATEST_HOUR_FOR_EVENING = 16;

/** What an agent usually means by "later", in their own time zone. Each choice lies ahead, and no two are the same moment. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const choices: SnoozeChoice[] = [
    { label: words.inAnHour, until: hoursLater(now, 1) },
    { label: words.inThreeHours, until: hoursLater(now, 3) },
  ];
  if (now.getHours() < LATEST_HOUR_FOR_EVENING)
    choices.push({ label: words.thisEvening, until: at(now, 0, EVENING) });
  choices.push({ label: words.tomorrow, until: at(now, 1, MORNING) });
  const toMonday = (8 - now.getDay()) % 7 || 7;
  if (toMonday > 1) choices.push({ label: words.monday, until: at(now, toMonday, MORNING) });
  if (toMonday !== 7) choices.push({ label: words.nextWeek, until: at(now, 7, MORNING) });
  return choices;
}

/** The value of a `datetime-local` field as a moment, or null when it is none or has passed. */
export function customSnooze(value: string, now: Date): Date | null {
  const until = new Date(value);
  return Number.isNaN(until.getTime()) || until.getTime() <= now.getTime() ? null : until;
}

/** What a `datetime-local` field shows for a moment. */
export function asFieldValue(moment: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

function hoursLater(now: Date, hours: number): Date {
  const later = new Date(now.getTime() + hours * 3_600_000);
  later.setSeconds(0, 0);
  return later;
}

/** By calendar, so that summer time does not move the morning. */
function at(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}
