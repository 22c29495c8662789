/** What grouping needs to know of a message; the caller's own type comes back out. */
export interface Groupable {
  readonly sentAt: string;
  readonly direction: "in" | "out";
  readonly kind: "message" | "note";
  readonly sentBy: { readonly type: string; readonly id: string | null };
}

export interface MessageGroup<T> {
  /** Author, side and kind: what makes neighbours one group. */
  readonly author: string;
  readonly messages: readonly T[];
}

export interface MessageDay<T> {
  /** Calendar day where the reader is, `2026-11-24`. */
  readonly day: string;
  readonly groups: readonly MessageGroup<T>[];
}

const GAP_MS = 5 * 60_000;

/** Messages in time order, cut into the reader's days, and inside a day into runs of one author with no pause over five minutes. */
export function groupMessages<T extends Groupable>(
  messages: readonly T[],
  timeZone?: string,
): MessageDay<T>[] {
  const days: { day: string; groups: { author: string; messages: T[] }[] }[] = [];
  let previousAt = Number.NEGATIVE_INFINITY;
  for (const message of messages) {
    const at = Date.parse(message.sentAt);
    const day = dayOf(message.sentAt, timeZone);
    if (days.at(-1)?.day !== day) days.push({ day, groups: [] });
    const groups = days.at(-1)?.groups ?? [];
    const author = authorOf(message);
    const current = groups.at(-1);
    if (current?.author === author && at - previousAt <= GAP_MS) current.messages.push(message);
    else groups.push({ author, messages: [message] });
    previousAt = at;
  }
  return days;
}

/** True when `next` reads as a continuation of `previous`: same author, side, kind and day, within five minutes. */
export function continues(previous: Groupable, next: Groupable, timeZone?: string): boolean {
  return (
    authorOf(previous) === authorOf(next) &&
    Date.parse(next.sentAt) - Date.parse(previous.sentAt) <= GAP_MS &&
    dayOf(previous.sentAt, timeZone) === dayOf(next.sentAt, timeZone)
  );
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** The reader's calendar day of a moment, as `2026-11-24`. */
export function dayOf(at: string | number | Date, timeZone?: string): string {
  const key = timeZone ?? "";
  let format = dayFormats.get(key);
  if (format === undefined) {
    // The Gregorian calendar and Latin digits by name: this is a key, not a label.
    format = new Intl.DateTimeFormat("en-CA-u-ca-gregory-nu-latn", {
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      ...(timeZone === undefined ? {} : { timeZone }),
    });
    dayFormats.set(key, format);
  }
  const parts = new Map(format.formatToParts(new Date(at)).map((part) => [part.type, part.value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}

function authorOf(message: Groupable): string {
  return `${message.direction}:${message.kind}:${message.sentBy.type}:${message.sentBy.id ?? ""}`;
}
