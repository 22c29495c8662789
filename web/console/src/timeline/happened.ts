import type { Entry } from "./entries.ts";

/**
 * What was told late stands where it happened. What a program tells of the customer does so as far back as the entries
 * reach: to the beginning of everything when they are complete. What happened before that, or has not happened yet,
 * stands where it was told. What was said is never where it was recorded.
 */
export function asHappened(entries: readonly Entry[], isComplete: boolean): readonly Entry[] {
  const first = entries[0];
  if (first === undefined || !entries.some(isLate)) return entries;
  const from = isComplete ? Number.NEGATIVE_INFINITY : Date.parse(first.at);
  const late: Entry[] = [];
  const inTime: Entry[] = [];
  for (const entry of entries) {
    const at = momentOf(entry);
    const isMoved = isLate(entry) && (entry.kind !== "tracked" || Date.parse(at) >= from);
    if (isMoved) late.push({ ...entry, at });
    else inTime.push(entry);
  }
  late.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return merged(inTime, late);
}

/** Each of the late before the first that came after it. The order of the rest is that of their positions. */
function merged(inTime: readonly Entry[], late: readonly Entry[]): Entry[] {
  const result: Entry[] = [];
  let next = 0;
  for (const entry of inTime) {
    for (
      let one = late[next];
      one !== undefined && Date.parse(one.at) < Date.parse(entry.at);
      one = late[next]
    ) {
      result.push(one);
      next += 1;
    }
    result.push(entry);
  }
  return [...result, ...late.slice(next)];
}

/** Whether it was recorded after it happened. */
export function isLate(entry: Entry): boolean {
  return Date.parse(momentOf(entry)) < Date.parse(entry.at);
}

export function momentOf(entry: Entry): string {
  switch (entry.kind) {
    case "tracked":
      return entry.happenedAt;
    case "message":
      return entry.message.sentAt;
    case "opened":
      return entry.since;
    default:
      return entry.at;
  }
}
