/** The clock on the visitor's wall; the name of the zone comes from their browser and may be anything. */
export function localTime(now: string, timeZone: string): string | null {
  try {
    return new Intl.DateTimeFormat(undefined, { timeStyle: "short", timeZone }).format(new Date(now));
  } catch {
    return null;
  }
}

/** The same, where it is not what the reader's own clock says. */
export function otherTime(now: string, timeZone: string): string | null {
  const time = localTime(now, timeZone);
  return time === localTime(now, Intl.DateTimeFormat().resolvedOptions().timeZone) ? null : time;
}
