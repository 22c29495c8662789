import { api } from "../../api/api.ts";
import { HOUR } from "../../app/lengths.ts";
import { text } from "../../desk/reading.ts";
import { loadPeople } from "../people/people.ts";
import { loadProfiles } from "../routing/profiles.ts";
import type { Queue } from "../routing/queues.ts";
import { loadRules, type Rule } from "../routing/rules.ts";
import { type Levels, loadMatrix, type Skill } from "../routing/skills.ts";
import { loadSchedules } from "../schedules/schedules.ts";

export interface KeyedQueue extends Queue {
  readonly key: string;
}

/** How it is today, which is what a scenario begins with. */
export interface Today {
  readonly capacity: number;
  readonly teams: readonly { readonly id: string; readonly name: string; readonly capacity: number }[];
  readonly queues: readonly KeyedQueue[];
  readonly skills: readonly Skill[];
  readonly rules: readonly Rule[];
  readonly agents: readonly { readonly id: string; readonly name: string; readonly levels: Levels }[];
  readonly schedules: readonly { readonly id: string; readonly name: string }[];
}

/** The last hours in which customers wrote or agents answered; null where nobody ever did. */
export interface Worked {
  readonly from: number;
  readonly to: number;
}

const SHIFT_MS = 12 * HOUR;

/** At most half a day, and what the newest hundred conversations say of it. */
export async function loadWorked(): Promise<Worked | null> {
  const { data } = await api.list("/v1/conversations?sort=-lastActivityAt&page=1&pageSize=100");
  return workedFrom(data.map(({ attributes }) => Date.parse(text(attributes.lastActivityAt))));
}

/** In whole hours. */
export function workedFrom(moments: readonly number[]): Worked | null {
  const known = moments.filter((at) => !Number.isNaN(at));
  if (known.length === 0) return null;
  const last = Math.max(...known);
  const first = Math.min(...known.filter((at) => at > last - SHIFT_MS));
  return { from: Math.floor(first / HOUR) * HOUR, to: Math.ceil((last + 1) / HOUR) * HOUR };
}

export async function loadToday(): Promise<Today> {
  const [{ everybody, teams, queues }, { agents }, matrix, { rules }, keyed, schedules] = await Promise.all([
    loadProfiles(),
    loadPeople(),
    loadMatrix(),
    loadRules(),
    api.all("/v1/routing/queues"),
    loadSchedules(),
  ]);
  const levels = new Map(matrix.agents.map((agent) => [agent.id, agent.levels]));
  const keys = new Map(keyed.data.map(({ id, attributes }) => [id, text(attributes.key)]));
  return {
    capacity: everybody.holds.capacityPerAgent,
    teams: teams
      .filter(({ profile }) => profile.isEnabled)
      .map(({ id, name, profile }) => ({ id, name, capacity: profile.holds.capacityPerAgent })),
    queues: queues.map((queue) => ({ ...queue, key: keys.get(queue.id) ?? queue.id })),
    skills: matrix.skills,
    rules: rules.filter(({ isEnabled }) => isEnabled),
    agents: agents.map(({ id, name }) => ({ id, name, levels: levels.get(id) ?? {} })),
    schedules: schedules.map(({ id, name }) => ({ id, name })),
  };
}
