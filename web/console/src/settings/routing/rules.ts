import { api } from "../../api/api.ts";
import { isJson, numberOrNull, type Resource, text } from "../../desk/reading.ts";
import type { Named } from "../../desk/types.ts";
import type { Query } from "../../views/criteria.ts";
import { changesIn } from "../changes.ts";
import { queryFrom } from "../slas/slas.ts";
import { loadQueues, type Queue } from "./queues.ts";
import { type Levels, levelsFrom, loadSkills, type Skill } from "./skills.ts";

const PATH = "/v1/routing/queue-rules";

type Json = Readonly<Record<string, unknown>>;

export interface RuleDraft {
  readonly name: string;
  readonly isEnabled: boolean;
  readonly queue: string;
  /** Null for criteria that the page cannot show: they are kept as they are. */
  readonly query: Query | null;
  readonly criteria: Json;
  /** The least level of whoever takes it, by key of skill. */
  readonly skills: Levels;
  /** Null: the queue's. */
  readonly priority: number | null;
  /** The agent who goes first of those who may take it. */
  readonly preferred: string | null;
}

export interface Rule extends RuleDraft {
  readonly id: string;
  readonly rev: number | undefined;
}

export interface Rules {
  /** In the order in which they are asked. */
  readonly rules: readonly Rule[];
  readonly queues: readonly Queue[];
  readonly skills: readonly Skill[];
  readonly agents: readonly Named[];
}

/** A rule as others speak of it. */
export type RuleName = Pick<Rule, "id" | "name" | "queue" | "skills" | "isEnabled">;

export async function loadRuleNames(): Promise<readonly RuleName[]> {
  return (await api.all(PATH)).data.map(ruleFrom);
}

export async function loadRules(): Promise<Rules> {
  const [rules, queues, skills, statuses] = await Promise.all([
    api.all(PATH),
    loadQueues(),
    loadSkills(),
    api.all("/v1/routing/statuses"),
  ]);
  const agents = statuses.data.map(({ id, attributes }) => ({ id, name: text(attributes.displayName) }));
  return { rules: rules.data.map(ruleFrom), queues, skills, agents };
}

/** Into the queue that is named, or else the first that things do not go into by themselves. */
export function newRule(queues: readonly Queue[], into: string | null): RuleDraft {
  const queue =
    queues.find(({ id }) => id === into) ?? queues.find(({ isDefault }) => !isDefault) ?? queues[0];
  return {
    name: "",
    isEnabled: true,
    queue: queue?.id ?? "",
    query: { match: "and", criteria: [] },
    criteria: {},
    skills: {},
    priority: null,
    preferred: null,
  };
}

/** Refused if somebody else has changed it since it was read. */
export async function saveRule(before: Rule | null, draft: RuleDraft): Promise<void> {
  const body = bodyOf(draft);
  await (before === null
    ? api.post(PATH, body)
    : api.put(`${PATH}/${before.id}`, { ...changesIn(body, bodyOf(before)), rev: before.rev }));
}

function bodyOf(draft: RuleDraft): Json {
  const { name, isEnabled: enabled, queue, criteria, skills, priority, preferred } = draft;
  return { name: name.trim(), enabled, queue, criteria, skills, priority, preferred };
}

export async function removeRule(id: string): Promise<void> {
  await api.remove(`${PATH}/${id}`);
}

export async function orderRules(rules: readonly Rule[]): Promise<readonly Rule[]> {
  const { data } = await api.put<readonly Resource[]>(`${PATH}/order`, {
    queueRules: rules.map(({ id }) => id),
  });
  return data.map(ruleFrom);
}

function ruleFrom({ id, attributes: json, relationships }: Resource): Rule {
  const criteria = isJson(json.criteria) ? json.criteria : {};
  return {
    id,
    rev: numberOrNull(json.rev) ?? undefined,
    name: text(json.name),
    isEnabled: json.enabled !== false,
    queue: relationships?.queue?.data?.id ?? "",
    query: queryFrom(criteria),
    criteria,
    skills: levelsFrom(json.skills),
    priority: numberOrNull(json.priority),
    preferred: relationships?.preferred?.data?.id ?? null,
  };
}
