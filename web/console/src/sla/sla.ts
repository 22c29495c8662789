import type { Sla } from "../desk/types.ts";

export const METRICS = [
  "firstResponse",
  "nextReply",
  "longestUnrespondedMessage",
  "totalCustomerWaitTime",
  "totalConversationOpenTime",
] as const;
export type Metric = (typeof METRICS)[number];

/** What ends when somebody answers; the others go on. */
const ENDED_BY_ANSWER: ReadonlySet<string> = new Set([
  "firstResponse",
  "nextReply",
  "longestUnrespondedMessage",
]);

export type NextDue =
  | { readonly state: "running"; readonly metric: string; readonly at: string; readonly mood: Mood }
  | { readonly state: "paused" };

/** How bad it is: nothing yet, a warning was given, it is broken. */
export type Mood = "calm" | "warned" | "late";

/**
 * What an agent has to know of: the clock that is due next. What is broken and no answer can mend comes after what can
 * still be kept.
 */
export function nextDue(sla: Sla | null): NextDue | null {
  if (sla === null) return null;
  const clocks = Object.entries(sla.metrics);
  const [next] = clocks
    .filter(([, { status, breachAt }]) => status === "pending" && breachAt !== null)
    .map(([metric, { breachAt, breached, warned }]) => ({
      state: "running" as const,
      metric,
      at: breachAt ?? "",
      mood: moodOf(breached, warned),
      isLost: breached && !ENDED_BY_ANSWER.has(metric),
    }))
    .sort((one, other) => Number(one.isLost) - Number(other.isLost) || (one.at < other.at ? -1 : 1));
  if (next !== undefined) return { state: next.state, metric: next.metric, at: next.at, mood: next.mood };
  return sla.status === "paused" ? { state: "paused" } : null;
}

function moodOf(isBroken: boolean, isWarned: boolean): Mood {
  if (isBroken) return "late";
  return isWarned ? "warned" : "calm";
}
