import { isJson, list, numberOrNull, type Resource, text, textOrNull } from "../desk/reading.ts";
import type { Presence } from "../desk/types.ts";

/** What is counted of a queue, and of all of them together. Times are milliseconds. */
export interface Counts {
  /** Nobody has it yet; `offered` of them an agent is asked to take. */
  readonly waiting: number;
  readonly offered: number;
  /** Everybody who could take them has said no. */
  readonly declined: number;
  readonly inHand: number;
  readonly longestWaitSince: number | null;
  readonly atRisk: number;
  /** What is past its time now. */
  readonly late: number;
  readonly arrived: number;
  readonly assigned: number;
  readonly completed: number;
  readonly medianWait: number | null;
}

export interface Bucket {
  readonly arrived: number;
  readonly assigned: number;
}

export interface Queue extends Counts {
  readonly id: string;
  readonly name: string;
  readonly expectedWait: number | null;
  /** How many agents who serve it are. */
  readonly available: number;
  /** While it is closed nothing of it is given. */
  readonly isOpen: boolean;
  readonly opensAt: string | null;
  readonly buckets: readonly Bucket[];
}

export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly status: Presence;
  readonly reason: string | null;
  readonly since: number | null;
  readonly team: string | null;
  readonly load: number;
  readonly capacity: number;
  readonly items: number;
}

export interface Board {
  /** By the server's clock. */
  readonly at: number;
  readonly totals: Counts;
  readonly isRiskCapped: boolean;
  readonly queues: readonly Queue[];
  readonly byStatus: Readonly<Record<Presence, number>>;
  readonly agents: readonly Agent[];
  /** How many agents there would be to show. */
  readonly agentsInAll: number;
}

type Json = Readonly<Record<string, unknown>>;

/** Queues with the most trouble come first, agents who can help do. */
export function boardFrom({ attributes: json }: Resource): Board {
  const totals = jsonOf(json.totals);
  const agents = jsonOf(json.agents);
  const byStatus = jsonOf(agents.byStatus);
  return {
    at: moment(json.at) ?? 0,
    totals: countsFrom(totals),
    isRiskCapped: totals.slaIsCapped === true,
    queues: list(json.queues).map(jsonOf).map(queueFrom).sort(byTrouble),
    byStatus: {
      available: count(byStatus.available),
      busy: count(byStatus.busy),
      unavailable: count(byStatus.unavailable),
      offline: count(byStatus.offline),
    },
    agents: list(agents.rows).map(jsonOf).map(agentFrom),
    agentsInAll: count(agents.total),
  };
}

function countsFrom(json: Json): Counts {
  return {
    waiting: count(json.waiting),
    offered: count(json.offered),
    declined: count(json.declined),
    inHand: count(json.inHand),
    longestWaitSince: moment(json.longestWaitSince),
    atRisk: count(json.slaAtRisk),
    late: count(json.slaLate),
    arrived: count(json.arrived),
    assigned: count(json.assigned),
    completed: count(json.completed),
    medianWait: numberOrNull(json.medianWait),
  };
}

function queueFrom(json: Json): Queue {
  return {
    ...countsFrom(json),
    id: text(json.id),
    name: text(json.name),
    expectedWait: numberOrNull(json.expectedWait),
    available: count(json.available),
    isOpen: json.open !== false,
    opensAt: textOrNull(json.opensAt),
    buckets: list(json.buckets)
      .map(jsonOf)
      .map(({ arrived, assigned }) => ({ arrived: count(arrived), assigned: count(assigned) })),
  };
}

function agentFrom(json: Json): Agent {
  return {
    id: text(json.user),
    name: text(json.name),
    status: presence(json.status),
    reason: textOrNull(json.reason),
    since: moment(json.since),
    team: isJson(json.team) ? textOrNull(json.team.name) : null,
    load: count(json.load),
    capacity: count(json.capacity),
    items: count(json.items),
  };
}

const NEVER = Number.MAX_SAFE_INTEGER;

/** What is late, then what soon will be, then what nobody wants, and who waits longest where somebody could help. */
export function byTrouble(one: Queue, other: Queue): number {
  return (
    other.late - one.late ||
    other.atRisk - one.atRisk ||
    Number(other.isOpen) - Number(one.isOpen) ||
    other.declined - one.declined ||
    (one.longestWaitSince ?? NEVER) - (other.longestWaitSince ?? NEVER) ||
    one.name.localeCompare(other.name)
  );
}

/** How bad it is: late, about to be, customers wait, nothing waits. */
export type Mood = "late" | "risky" | "waiting" | "calm";

export function moodOf({ late, atRisk, waiting }: Counts): Mood {
  if (late > 0) return "late";
  if (atRisk > 0) return "risky";
  return waiting > 0 ? "waiting" : "calm";
}

function jsonOf(value: unknown): Json {
  return isJson(value) ? value : {};
}

function count(value: unknown): number {
  return numberOrNull(value) ?? 0;
}

function moment(value: unknown): number | null {
  const at = Date.parse(text(value));
  return Number.isNaN(at) ? null : at;
}

function presence(value: unknown): Presence {
  return value === "available" || value === "busy" || value === "unavailable" ? value : "offline";
}
