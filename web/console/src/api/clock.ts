/*
 * The server's clock, as far as its answers tell. A machine whose own clock is wrong would say of somebody who has just
 * written that they wait for an hour, and of a promise that is kept that it is late.
 */

/** Nearer than that nobody can tell: the header is in whole seconds, and the way takes time. */
const RIGHT_ENOUGH_MS = 5_000;
/** What was longer on its way says nothing of the clock. */
const LONGEST_WAY_MS = 5_000;

/** How far the server's clock is ahead of this one. */
let ahead = 0;
let whenSet: () => void = () => undefined;

/** What time it is, in milliseconds. */
export function serverNow(): number {
  return Date.now() + ahead;
}

/** Called when it turns out that it is another time. */
export function onClockSet(listener: () => void): void {
  whenSet = listener;
}

export const fetchByClock: typeof fetch = async (input, init) => {
  const asked = Date.now();
  const response = await fetch(input, init);
  heed(response.headers.get("Date"), asked, Date.now());
  return response;
};

function heed(date: string | null, asked: number, answered: number): void {
  const said = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(said) || answered < asked || answered - asked > LONGEST_WAY_MS) return;
  const difference = said + 500 - (asked + answered) / 2;
  if (Math.abs(difference - ahead) < RIGHT_ENOUGH_MS) return;
  ahead = Math.abs(difference) < RIGHT_ENOUGH_MS ? 0 : difference;
  whenSet();
}
