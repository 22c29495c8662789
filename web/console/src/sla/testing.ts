import type { LiveSla } from "@kithdesk/api-client";

import type { Sla } from "../desk/types.ts";

export type Clock = Sla["metrics"][string];

export function aClock(over: Partial<Clock> = {}): Clock {
  return {
    status: "pending",
    startedAt: "2026-11-24T12:00:00.000Z",
    breachAt: "2026-11-24T13:00:00.000Z",
    breached: false,
    warned: false,
    satisfiedAt: null,
    ...over,
  };
}

export function anSla(metrics: Sla["metrics"] = { firstResponse: aClock() }, over: Partial<Sla> = {}): Sla {
  return { id: "s1", name: "Gold", status: "pending", metrics, ...over };
}

/** As events bring it. */
export function aLiveSla(metrics?: Sla["metrics"]): LiveSla {
  return {
    ...anSla(metrics),
    versionId: "v1",
    version: 1,
    matchedAt: "2026-11-24T12:00:00.000Z",
    breached: false,
    breach: null,
    dueAt: "2026-11-24T13:00:00.000Z",
    summary: { satisfiedAt: null, firstBreachAt: null },
  };
}
