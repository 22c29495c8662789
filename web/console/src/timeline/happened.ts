import type { Entry } from "./entries.ts";

/**
 * What was told late stands where it happened, as far back as the entries reach: to the beginning of everything when
 * they are complete. What happened before that, or has not happened yet, stands where it was told.
 */
export function asHappened(entries: readonly Entry[], isComplete: boolean): readonly Entry[] {
  const first = entries[0];
  if (first === undefined || !entries.some(isLate)) return entries;
  const from = isComplete ? Number.NEGATIVE_INFINITY : Date.parse(first.at);
  const placed = entries.map((entry) =>
    isLate(entry) && Date.parse(entry.happenedAt) >= from ? { ...entry, at: entry.happenedAt } : entry,
  );
  // The order of what was told in time is that of its positions, which a clock set back does not change.
  const result = placed.filter((entry, index) => entry === entries[index]);
  const late = placed.filter((entry, index) => entry !== entries[index]);
  for (const entry of late) {
    const after = result.findIndex(({ at }) => Date.parse(at) > Date.parse(entry.at));
    result.splice(after === -1 ? result.length : after, 0, entry);
  }
  return result;
}

type Tracked = Extract<Entry, { kind: "tracked" }>;

function isLate(entry: Entry): entry is Tracked {
  return entry.kind === "tracked" && Date.parse(entry.happenedAt) < Date.parse(entry.at);
}
