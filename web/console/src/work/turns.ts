import { api } from "../api/api.ts";
import { isJson, list, numberOrNull, type Resource, text, textOrNull } from "../desk/reading.ts";
import { type Decision, loadDecisions } from "./decisions.ts";
import { loadTurnPromise, type TurnPromise } from "./turn-promise.ts";
import { loadWay, type Step } from "./way.ts";

const STATES = ["idle", "queued", "offered", "assigned", "paused", "wrap_up", "completed"] as const;
export type State = (typeof STATES)[number];

/** A conversation's turn with routing: where it stands, what was asked of agents, and how it was decided. */
export interface Turn {
  readonly state: State;
  readonly queue: string | null;
  /** The rule that put it into its first queue; null for none, undefined for one that is gone. */
  readonly rule: string | null | undefined;
  /** Where it was put since, by whom and why, the first first. */
  readonly way: readonly Step[];
  readonly priority: number;
  /** Since when it waits, while it does; its place is by that. */
  readonly enteredAt: string;
  /** While everybody who could take it has said no: how many did, since when, and when they are asked again. */
  readonly declined: { readonly count: number; readonly since: string; readonly askedAgainAt: string } | null;
  readonly skills: readonly (readonly [key: string, level: number])[];
  /** The key of the skill of the customer's language, while it waits for somebody with it. */
  readonly holdsOutFor: string | null;
  /** The last ones, the last first. */
  readonly decisions: readonly Decision[];
  /** What its customer is promised; null for nothing, and where that could not be read. */
  readonly promise: TurnPromise | null;
}

const MOST_DECISIONS = 20;

/** The turn that lives, or lived last; null when there never was one. */
export async function loadTurn(conversation: string): Promise<Turn | null> {
  const { data } = await api.list(`/v1/routing/conversations/${conversation}/work-items?page=1&pageSize=1`);
  const [item] = data;
  if (item === undefined) return null;
  const related = (name: string) => item.relationships?.[name]?.data?.id ?? null;
  const [decisions, rule, promise, way] = await Promise.all([
    loadDecisions(item.id, MOST_DECISIONS),
    nameOfRule(related("rule")),
    loadTurnPromise(conversation).catch(() => null),
    loadWay(conversation).catch(() => []),
  ]);
  return { ...turnFrom(item, related("queue"), rule, decisions), promise, way };
}

async function nameOfRule(id: string | null): Promise<string | null | undefined> {
  if (id === null) return null;
  const rule = await api.get(`/v1/routing/queue-rules/${id}`).catch(() => null);
  return rule === null ? undefined : text(rule.data.attributes.name);
}

function turnFrom(
  { attributes: json, relationships }: Resource,
  queue: string | null,
  rule: string | null | undefined,
  decisions: readonly Decision[],
): Omit<Turn, "promise" | "way"> {
  return {
    state: STATES.find((one) => one === json.status) ?? "idle",
    queue,
    rule,
    priority: numberOrNull(json.priority) ?? 50,
    enteredAt: text(json.enteredAt),
    declined: declinedOf(json, list(relationships?.declinedBy?.data).length),
    skills: Object.entries(isJson(json.skills) ? json.skills : {}).map(
      ([key, level]) => [key, numberOrNull(level) ?? 1] as const,
    ),
    holdsOutFor: json.holdsOutForLanguage === true ? textOrNull(json.language) : null,
    decisions,
  };
}

function declinedOf(json: Resource["attributes"], count: number): Turn["declined"] {
  const since = textOrNull(json.declinedAt);
  return since === null ? null : { count, since, askedAgainAt: text(json.askedAgainAt) };
}
