import { localTime } from "../../customer/local-time.ts";

/** Every zone that this browser can reckon in; and the one there is, which may be of an older or a newer list. */
export function zoneNames(chosen: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set([chosen, "UTC", ...known])].toSorted();
}

/** Where this browser is. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A zone that is no place, and so knows no summer time. */
export function isNoPlace(zone: string): boolean {
  return zone === "UTC" || zone.startsWith("Etc/");
}

/** `America/New_York` without the lines that stand for spaces. */
export function placeOf(zone: string): string {
  return zone.replaceAll("_", " ");
}

/** The zone for showing times, or the reader's own where the browser does not know it. */
export function shownIn(zone: string): { timeZone?: string } {
  return localTime(new Date(0).toISOString(), zone) === null ? {} : { timeZone: zone };
}
