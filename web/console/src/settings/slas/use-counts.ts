import { useEffect, useState } from "react";

import { countMatches } from "../../views/rows.ts";

/* How much it is about, now. Searches cannot ask for all that criteria can: what they cannot say is not said. */

const PAUSE_MS = 300;
const NOT_DONE = { conversation_status: { in: ["open", "snoozed"] } };

/** How many conversations that are not done are as described; null while nobody knows. */
export function useMatching(criteria: Readonly<Record<string, unknown>>): number | null {
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    const over = new AbortController();
    const timer = setTimeout(() => {
      const described = Object.keys(criteria).length === 0 ? [] : [criteria];
      countMatches("conversation", { and: [NOT_DONE, ...described] }, over.signal).then(setCount, () => {
        if (!over.signal.aborted) setCount(null);
      });
    }, PAUSE_MS);
    return () => {
      over.abort();
      clearTimeout(timer);
    };
  }, [criteria]);
  return count;
}

export interface StandingNow {
  readonly count: number;
  readonly late: number;
}

/** How many conversations that are not done have it, and how many of them are late. */
export function useStanding(id: string): StandingNow | null {
  const [standing, setStanding] = useState<StandingNow | null>(null);
  useEffect(() => {
    const over = new AbortController();
    const has = { conversation_sla_id: { equals: id } };
    const late = { conversation_sla_breached: { equals: true } };
    Promise.all([
      countMatches("conversation", { and: [NOT_DONE, has] }, over.signal),
      countMatches("conversation", { and: [NOT_DONE, has, late] }, over.signal),
    ]).then(
      ([count, broken]) => setStanding({ count, late: broken }),
      () => undefined,
    );
    return () => over.abort();
  }, [id]);
  return standing;
}
