import { api } from "../../api/api.ts";
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
