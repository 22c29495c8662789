import type { Resource } from "../desk/reading.ts";

export const PATH = "GET /v1/insights/board";
export const NOW = Date.parse("2026-11-29T12:00:00.000Z");
export const ORDERS = "0".repeat(24);
export const RETURNS = "1".repeat(24);
export const ANA = "a".repeat(24);

type Json = Readonly<Record<string, unknown>>;

const COUNTS = {
  waiting: 0,
  offered: 0,
  declined: 0,
  declinedSince: null,
  inHand: 0,
  wrappingUp: 0,
  longestWaitSince: null,
  slaAtRisk: 0,
  slaLate: 0,
  arrived: 0,
  assigned: 0,
  completed: 0,
  medianWait: null,
};

export function ago(seconds: number): string {
  return new Date(NOW - seconds * 1_000).toISOString();
}

export function aQueue(changes: Json = {}): Json {
  const bucket = { at: ago(0), arrived: 0, assigned: 0, completed: 0 };
  return {
    ...COUNTS,
    id: ORDERS,
    name: "Orders",
    key: "orders",
    priority: 50,
    expectedWait: null,
    available: 1,
    open: true,
    opensAt: null,
    buckets: Array.from({ length: 12 }, () => bucket),
    ...changes,
  };
}

export function anAgent(changes: Json = {}): Json {
  return {
    user: ANA,
    name: "Ana",
    status: "available",
    reason: null,
    since: ago(600),
    team: null,
    load: 1,
    capacity: 4,
    items: 1,
    ...changes,
  };
}

interface Said {
  readonly totals?: Json;
  readonly queues?: readonly Json[];
  readonly agents?: readonly Json[];
  readonly byStatus?: Json;
  readonly total?: number;
  readonly at?: string;
}

export function aBoard({ totals, queues = [], agents = [], byStatus, total, at }: Said = {}): Resource {
  return {
    type: "live_board",
    id: "org",
    attributes: {
      at: at ?? new Date(NOW).toISOString(),
      hourSince: ago(3_600),
      totals: { ...COUNTS, slaIsCapped: false, ...totals },
      queues,
      agents: {
        byStatus: { available: 0, busy: 0, unavailable: 0, offline: 0, ...byStatus },
        total: total ?? agents.length,
        isCapped: false,
        rows: agents,
      },
    },
  };
}
