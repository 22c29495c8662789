/*
 * The hours of a week as one edits them. A pair is two minutes of the day; one that ends before it begins ends on the
 * next day. Days count from 0, Sunday, as in the API.
 */

export type Pair = readonly [opens: number, closes: number];
export type Hours = readonly Pair[];
export type Week = readonly Hours[];

export const DAY = 1_440;
export const CELL = 30;
export const CELLS = DAY / CELL;
/** As they stand below each other. */
export const DAYS: readonly number[] = [1, 2, 3, 4, 5, 6, 0];

/** Opens or closes a stretch of a day and leaves the rest as it was. A night whose last evening part goes, goes too. */
export function paint(hours: Hours, since: number, until: number, isOpen: boolean): Hours {
  const spans = hours.map(spanOf);
  if (isOpen) return hoursFrom([...spans, [since, until]]);
  return hoursFrom(
    spans.flatMap(([opens, closes]): Pair[] => [
      [opens, Math.min(closes, since)],
      [Math.max(opens, until), closes],
    ]),
  );
}

/** Spans in any order, that may meet and reach past midnight, as the pairs of a day. */
function hoursFrom(spans: readonly Pair[]): Hours {
  const joined: Pair[] = [];
  const ordered = spans
    .filter(([opens, closes]) => opens < closes && opens < DAY)
    .toSorted(([one], [other]) => one - other);
  for (const [opens, closes] of ordered) {
    const last = joined.at(-1);
    if (last !== undefined && opens <= last[1])
      joined[joined.length - 1] = [last[0], Math.max(last[1], closes)];
    else joined.push([opens, closes]);
  }
  return joined.map(([opens, closes]): Pair => {
    if (closes <= DAY) return [opens, closes];
    return closes - DAY < opens ? [opens, closes - DAY] : [opens, DAY];
  });
}

function spanOf([opens, closes]: Pair): Pair {
  return [opens, closes < opens ? closes + DAY : closes];
}

/** How much of a cell is open by the day's own hours. */
export function openIn(hours: Hours, cell: number): number {
  const since = cell * CELL;
  return hours
    .map(spanOf)
    .map(([opens, closes]) => Math.max(0, Math.min(closes, since + CELL) - Math.max(opens, since)))
    .reduce((sum, minutes) => sum + minutes, 0);
}

/** Until when the evening before stays open. */
export function spillInto(week: Week, day: number): number {
  const before = week[(day + 6) % 7] ?? [];
  return Math.max(0, ...before.map(([opens, closes]) => (closes < opens ? closes : 0)));
}

/** What the server would not take: hours that meet, or take no time. */
export function isTangled(hours: Hours): boolean {
  const spans = hours.map(spanOf).toSorted(([one], [other]) => one - other);
  return spans.some(
    ([opens, closes], place) => opens === closes || (spans[place + 1]?.[0] ?? DAY * 2) < closes,
  );
}

/** Minutes in a week; where one day reaches into another's hours they count once. */
export function minutesOf(week: Week): number {
  return DAYS.reduce((sum, day) => {
    const spilt = spillInto(week, day);
    const own = (week[day] ?? []).map(spanOf);
    const beside = own.map(([opens, closes]) => Math.max(0, Math.min(closes, DAY) - Math.max(opens, spilt)));
    return sum + spilt + beside.reduce((one, other) => one + other, 0);
  }, 0);
}

export const NEVER: Week = DAYS.map(() => []);

export type PresetId = "office" | "lunch" | "long" | "always" | "none";

/** Monday to Friday have one kind of day, Saturday and Sunday another. */
function weekOf(workday: Hours, weekend: Hours): Week {
  return [weekend, workday, workday, workday, workday, workday, weekend];
}

export const PRESETS: Readonly<Record<PresetId, Week>> = {
  office: weekOf([[540, 1_020]], []),
  lunch: weekOf(
    [
      [540, 720],
      [780, 1_020],
    ],
    [],
  ),
  long: weekOf([[480, 1_200]], [[480, 1_200]]),
  always: weekOf([[0, DAY]], [[0, DAY]]),
  none: NEVER,
};

/** `09:30`; the end of the day is `00:00`, as a field for times has it. */
export function toClock(minute: number): string {
  const of = minute % DAY;
  return `${String(Math.floor(of / 60)).padStart(2, "0")}:${String(of % 60).padStart(2, "0")}`;
}

/** Null for what is no time. `isEnd`: midnight is the end of the day. */
export function fromClock(clock: string, isEnd: boolean): number | null {
  const [, hour, minute] = /^(\d\d):(\d\d)/u.exec(clock) ?? [];
  if (hour === undefined || minute === undefined) return null;
  const found = Number(hour) * 60 + Number(minute);
  return isEnd && found === 0 ? DAY : found;
}
