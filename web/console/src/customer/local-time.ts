/** The clock on the visitor's wall; the name of the zone comes from their browser and may be anything. */
export function localTime(now: string, timeZone: string): string | null {
  try {
    return new Intl.DateTimeFormat(undefined, { timeStyle: "short", timeZone }).format(new Date(now));
  } catch {
    return null;
  }
}
