import { Refused } from "@kithdesk/api-client";

import { api } from "../../api/api.ts";
import { wordsFor } from "../../api/errors.ts";
import { isJson, numberOrNull, type Resource, text } from "../../desk/reading.ts";
import { words } from "./en.ts";

const PATH = "/v1/routing/skills";
/** So that a hundred agents are not a hundred requests at once. */
const AT_ONCE = 6;
/** Two who set levels of the same agent in the same moment. */
const TRIES = 3;

export const LEVELS = [1, 2, 3, 4, 5] as const;

export interface Skill {
  readonly id: string;
  /** By which levels and rules name it. */
  readonly key: string;
  readonly name: string;
}

export type Levels = Readonly<Record<string, number>>;

export interface SkilledAgent {
  readonly id: string;
  readonly name: string;
  readonly levels: Levels;
}

export interface Matrix {
  readonly skills: readonly Skill[];
  readonly agents: readonly SkilledAgent[];
}

export async function loadSkills(): Promise<readonly Skill[]> {
  const { data } = await api.all(PATH);
  return data
    .map(({ id, attributes }) => ({ id, key: text(attributes.key), name: text(attributes.name) }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Who can what. Nobody's levels are asked for while there is nothing that they could have. */
export async function loadMatrix(): Promise<Matrix> {
  const [skills, statuses] = await Promise.all([loadSkills(), api.all("/v1/routing/statuses")]);
  const agents: SkilledAgent[] = [];
  const left = skills.length === 0 ? [] : [...statuses.data];
  while (left.length > 0) agents.push(...(await Promise.all(left.splice(0, AT_ONCE).map(withLevels))));
  return { skills, agents: agents.sort((one, other) => one.name.localeCompare(other.name)) };
}

export async function addSkill(name: string, key: string): Promise<void> {
  await api.post(PATH, { name, key });
}

export async function removeSkill(id: string): Promise<void> {
  await api.remove(`${PATH}/${id}`);
}

/** One level of an agent's, null for none. All are written at once: what others wrote meanwhile is read, and stays. */
export async function setLevel(agent: string, key: string, level: number | null): Promise<void> {
  for (let tries = TRIES; ; tries -= 1) {
    const { levels, rev } = await readLevels(agent);
    const { [key]: _, ...others } = levels;
    const skills = level === null ? others : { ...others, [key]: level };
    try {
      await api.put(`/v1/routing/users/${agent}/skills`, rev === null ? { skills } : { skills, rev });
      return;
    } catch (error) {
      if (tries === 1 || !(error instanceof Refused && error.code === "conflict")) throw error;
    }
  }
}

/** What a name is as a key; a language keeps its `lang:`. */
export function keyFor(name: string): string {
  return name
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-+|-+$/gu, "")
    .slice(0, 48);
}

export function problemOfSkill(error: unknown): string {
  if (error instanceof Refused && error.code === "skill_in_use") return words.skillInUse;
  return error instanceof Refused && error.code === "key_taken" ? words.keyTaken : wordsFor(error);
}

async function withLevels({ id, attributes }: Resource): Promise<SkilledAgent> {
  return { id, name: text(attributes.displayName), levels: (await readLevels(id)).levels };
}

/** `rev` null: of a server that does not tell. */
async function readLevels(agent: string): Promise<{ levels: Levels; rev: number | null }> {
  const { data } = await api.get(`/v1/routing/users/${agent}/skills`);
  return { levels: levelsFrom(data.attributes.skills), rev: numberOrNull(data.attributes.rev) };
}

export function levelsFrom(value: unknown): Levels {
  const entries = Object.entries(isJson(value) ? value : {});
  return Object.fromEntries(entries.map(([key, level]) => [key, numberOrNull(level) ?? 1]));
}
