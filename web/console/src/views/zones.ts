import { ownZone, placeOf } from "../settings/schedules/zones.ts";
import type { Field } from "./catalogue.ts";
import { words } from "./en.ts";

/** Whose days are meant, where they are not the reader's own: a day begins at another moment there. */
export function otherZone(zone: string | undefined): string | null {
  return zone === undefined || zone === ownZone() ? null : placeOf(zone);
}

/** A day that is compared with, and whose it is where that is not the reader's. */
export function dayInWords(day: string, field: Field | undefined, zone: string | undefined): string {
  const other = field?.isDay === true ? null : otherZone(zone);
  return other === null ? day : words.dayIn(day, other);
}
