import { loadPeople } from "../people/people.ts";
import { loadProfiles } from "../routing/profiles.ts";
import type { Queue } from "../routing/queues.ts";
import { type Levels, loadMatrix, type Skill } from "../routing/skills.ts";

/** How it is today, which is what a scenario begins with. */
export interface Today {
  readonly capacity: number;
  readonly teams: readonly { readonly id: string; readonly name: string; readonly capacity: number }[];
  readonly queues: readonly Queue[];
  readonly skills: readonly Skill[];
  readonly agents: readonly { readonly id: string; readonly name: string; readonly levels: Levels }[];
}

/** What one has typed; null is a field that is empty. */
export interface Draft {
  readonly name: string;
  /** Local times, as inputs have them. */
  readonly from: string;
  readonly to: string;
  readonly more: number | null;
  readonly team: string;
  readonly without: readonly string[];
  readonly capacity: number | null;
  readonly capacities: Readonly<Record<string, number | null>>;
  readonly priorities: Readonly<Record<string, number | null>>;
  readonly weights: Readonly<Record<string, number | null>>;
  readonly levels: Readonly<Record<string, Levels>>;
  /** Per cent. */
  readonly load: number | null;
}

const DAY_MS = 86_400_000;
const LONGEST_MS = 31 * DAY_MS;

export async function loadToday(): Promise<Today> {
  const [{ everybody, teams, queues }, { agents }, matrix] = await Promise.all([
    loadProfiles(),
    loadPeople(),
    loadMatrix(),
  ]);
  const levels = new Map(matrix.agents.map((agent) => [agent.id, agent.levels]));
  return {
    capacity: everybody.holds.capacityPerAgent,
    teams: teams
      .filter(({ profile }) => profile.isEnabled)
      .map(({ id, name, profile }) => ({ id, name, capacity: profile.holds.capacityPerAgent })),
    queues,
    skills: matrix.skills,
    agents: agents.map(({ id, name }) => ({ id, name, levels: levels.get(id) ?? {} })),
  };
}

/** The last day, as it was. */
export function draftFrom(today: Today, now: number): Draft {
  const each = <Of extends { id: string }, Value>(all: readonly Of[], value: (one: Of) => Value) =>
    Object.fromEntries(all.map((one) => [one.id, value(one)]));
  return {
    name: "",
    from: localTime(now - DAY_MS),
    to: localTime(now),
    more: 0,
    // Where teams serve the queues, whoever is in none has nothing to do.
    team: today.teams[0]?.id ?? "",
    without: [],
    capacity: today.capacity,
    capacities: each(today.teams, ({ capacity }) => capacity),
    priorities: each(today.queues, ({ priority }) => priority),
    weights: each(today.queues, ({ weight }) => weight),
    levels: each(today.agents, ({ levels }) => levels),
    load: 100,
  };
}

export type Lack = "period" | "number";

/** What keeps it from being played, if anything does. */
export function lackOf(draft: Draft, now: number): Lack | null {
  const from = Date.parse(draft.from);
  const to = Date.parse(draft.to);
  if (!(to > from && to - from <= LONGEST_MS && to <= now)) return "period";
  const fits =
    isWithin(draft.more, 0, 100) &&
    isWithin(draft.load, 5, 500) &&
    [draft.capacity, ...Object.values(draft.capacities)].every((value) => isWithin(value, 1, 1_000)) &&
    Object.values(draft.priorities).every((value) => isWithin(value, 1, 100)) &&
    Object.values(draft.weights).every((value) => isWithin(value, 1, 1_000));
  return fits ? null : "number";
}

/** Only what is otherwise: the rest stays as it was then, which may not be as it is today. */
export function scenarioFrom(draft: Draft, today: Today): Record<string, unknown> {
  const given = {
    queues: queuesFrom(draft, today),
    teams: teamsFrom(draft, today),
    skills: skillsFrom(draft, today),
    roster: rosterFrom(draft),
    load: draft.load === 100 ? {} : { factor: (draft.load ?? 100) / 100 },
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => Object.keys(value).length > 0));
}

function queuesFrom({ priorities, weights }: Draft, { queues }: Today): Record<string, object> {
  const changes = queues.map(({ id, priority, weight }) => [
    id,
    {
      ...(priorities[id] === priority ? {} : { priority: priorities[id] }),
      ...(weights[id] === weight ? {} : { weight: weights[id] }),
    },
  ]);
  return Object.fromEntries(changes.filter(([, change]) => Object.keys(change ?? {}).length > 0));
}

function teamsFrom({ capacity, capacities }: Draft, today: Today): Record<string, object> {
  const changed = today.teams.filter(({ id, capacity: before }) => capacities[id] !== before);
  return {
    ...(capacity === today.capacity ? {} : { "": { capacityPerAgent: capacity } }),
    ...Object.fromEntries(changed.map(({ id }) => [id, { capacityPerAgent: capacities[id] }])),
  };
}

function skillsFrom({ levels }: Draft, { agents, skills }: Today): Record<string, Levels> {
  const changed = agents.filter((agent) =>
    skills.some(({ key }) => (levels[agent.id]?.[key] ?? 0) !== (agent.levels[key] ?? 0)),
  );
  return Object.fromEntries(changed.map(({ id }) => [id, levels[id] ?? {}]));
}

function rosterFrom({ more, team, without }: Draft): Record<string, unknown> {
  const newcomers = { count: more, ...(team === "" ? {} : { team }) };
  return {
    ...(more === null || more === 0 ? {} : { add: [newcomers] }),
    ...(without.length > 0 ? { remove: without } : {}),
  };
}

function isWithin(value: number | null, least: number, most: number): boolean {
  return value !== null && Number.isInteger(value) && value >= least && value <= most;
}

/** As `datetime-local` has it, to the minute. */
function localTime(at: number): string {
  const moment = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return moment.toISOString().slice(0, 16);
}
