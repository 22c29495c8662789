import { nameOf } from "../desk/directory.ts";
import type { Named } from "../desk/types.ts";
import { formatRoute, HOME } from "../navigation/route.ts";
import { BY_DUE } from "../views/criteria.ts";
import type { View } from "../views/views.ts";
import { words } from "./en.ts";

/*
 * What is behind a figure of the board, as a list of conversations. It is shown as saved views are, and nobody saved
 * it: its name in the address says all that it asks for.
 */
export type Figure = "waiting" | "hand" | "risky" | "late" | "agent";

const NAME = /^(waiting|hand|risky|late|agent)-(all|[0-9a-f]{24})$/u;
const OPEN = [{ conversation_status: { in: ["open"] } }, { conversation_ended: { equals: false } }];
const NOW = "+0m";

const CRITERIA: Readonly<Record<Exclude<Figure, "agent">, readonly object[]>> = {
  waiting: [...OPEN, { conversation_assigned_users: { not_set: "" } }],
  hand: [...OPEN, { conversation_assigned_users: { set: "" } }],
  risky: [{ conversation_sla_risky_at: { lte: NOW } }, { conversation_sla_due_at: { gt: NOW } }],
  late: [{ conversation_sla_due_at: { lte: NOW } }],
};
const BY_WAIT = [{ conversation_last_message_unresponded_to_sent_at: "asc" }];

/** `whose`: a queue, an agent, or "all" of the queues. */
export function linkBehind(figure: Figure, whose = "all"): string {
  return formatRoute({ ...HOME, list: "all", view: `${figure}-${whose}` });
}

/** Null for the name of a saved view. */
export function viewBehind(id: string, queues: readonly Named[], agents: readonly Named[]): View | null {
  const [, figure, whose] = NAME.exec(id) ?? [];
  if (figure === undefined || whose === undefined) return null;
  return {
    id,
    context: "conversation",
    isShared: false,
    ...described(figure as Figure, whose, queues, agents),
  };
}

function described(
  figure: Figure,
  whose: string,
  queues: readonly Named[],
  agents: readonly Named[],
): Pick<View, "name" | "query"> {
  if (figure === "agent") {
    const theirs = { conversation_assigned_users: { in: [whose] } };
    return {
      name: words.behind.agent(nameOf(agents, whose) ?? words.somebody),
      query: { and: [...OPEN, theirs], sort: BY_WAIT },
    };
  }
  const queue =
    whose === "all" ? { conversation_queue: { set: "" } } : { conversation_queue: { in: [whose] } };
  const isPromise = figure === "late" || figure === "risky";
  // Promises are also made of what is in no queue.
  const where = isPromise && whose === "all" ? [] : [queue];
  return {
    name: words.behind[figure](
      whose === "all" ? words.allQueues : (nameOf(queues, whose) ?? words.someQueue),
    ),
    query: { and: [...where, ...CRITERIA[figure]], sort: isPromise ? BY_DUE : BY_WAIT },
  };
}
