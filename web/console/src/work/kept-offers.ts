import { isJson, list, text } from "../desk/reading.ts";

/** A conversation that this agent is asked to take. */
export interface Offer {
  readonly item: string;
  readonly conversation: string;
  readonly queue: string | null;
  /** By this machine's clock, which need not be the server's. */
  readonly endsAt: number;
  readonly lastsMs: number;
  readonly why: string;
  /** The answer is on its way. */
  readonly isAnswered: boolean;
}

/*
 * A reload within the half minute must not lose an offer, and another window must find it: no list of the server has
 * what is merely offered.
 */
const PREFIX = "kithdesk.offered.";

export function keepOffers(me: string, offers: readonly Offer[]): void {
  attempt(() => {
    if (offers.length === 0) localStorage.removeItem(PREFIX + me);
    else localStorage.setItem(PREFIX + me, JSON.stringify(offers));
  });
}

export function keptOffers(me: string): readonly Offer[] {
  let offers: readonly unknown[] = [];
  attempt(() => {
    offers = list(JSON.parse(localStorage.getItem(PREFIX + me) ?? "[]"));
  });
  return offers.filter(isJson).map((json) => ({
    item: text(json.item),
    conversation: text(json.conversation),
    queue: text(json.queue) || null,
    endsAt: Number(json.endsAt),
    lastsMs: Number(json.lastsMs),
    why: text(json.why),
    isAnswered: false,
  }));
}

export function forgetOffers(): void {
  attempt(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  });
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // Storage is forbidden here: then an offer lasts as long as the page.
  }
}
