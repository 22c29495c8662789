import { api } from "../api/api.ts";
import { isJson, numberOrNull, type Resource, text, textOrNull } from "../desk/reading.ts";
import { type Decision, loadDecisions } from "./decisions.ts";

const STATES = ["idle", "queued", "offered", "assigned", "paused", "wrap_up", "completed"] as const;
export type State = (typeof STATES)[number];

/** A conversation's turn with routing: where it stands, what was asked of agents, and how it was decided. */
export interface Turn {
  readonly state: State;
  readonly queue: string | null;
  /** The rule that put it into the queue; null for none, and for one that is gone. */
  readonly rule: string | null;
  readonly priority: number;
  readonly enteredAt: string;
  readonly skills: readonly (readonly [key: string, level: number])[];
  /** The key of the skill of the customer's language, while it waits for somebody with it. */
  readonly holdsOutFor: string | null;
  /** The last ones, the last first. */
  readonly decisions: readonly Decision[];
}

const MOST_DECISIONS = 20;

/** The turn that lives, or lived last; null when there never was one. */
export async function loadTurn(conversation: string): Promise<Turn | null> {
  const { data } = await api.list(`/v1/routing/conversations/${conversation}/work-items?page=1&pageSize=1`);
  const [item] = data;
  if (item === undefined) return null;
  const related = (name: string) => item.relationships?.[name]?.data?.id ?? null;
  const [decisions, rule] = await Promise.all([
    loadDecisions(item.id, MOST_DECISIONS),
    nameOfRule(related("rule")),
  ]);
  return turnFrom(item, related("queue"), rule, decisions);
}

async function nameOfRule(id: string | null): Promise<string | null> {
  if (id === null) return null;
  const rule = await api.get(`/v1/routing/queue-rules/${id}`).catch(() => null);
  return rule === null ? null : text(rule.data.attributes.name);
}

function turnFrom(
  { attributes: json }: Resource,
  queue: string | null,
  rule: string | null,
  decisions: readonly Decision[],
): Turn {
  return {
    state: STATES.find((one) => one === json.status) ?? "idle",
    queue,
    rule,
    priority: numberOrNull(json.priority) ?? 50,
    enteredAt: text(json.enteredAt),
    skills: Object.entries(isJson(json.skills) ? json.skills : {}).map(
      ([key, level]) => [key, numberOrNull(level) ?? 1] as const,
    ),
    holdsOutFor: json.holdsOutForLanguage === true ? textOrNull(json.language) : null,
    decisions,
  };
}
