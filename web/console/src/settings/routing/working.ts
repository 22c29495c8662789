import { api } from "../../api/api.ts";
import { list, type Resource, text } from "../../desk/reading.ts";
import type { Named, Presence } from "../../desk/types.ts";

/* As which team agents work. */

const PATH = "/v1/routing/statuses";
const AT_ONCE = 500;
const PRESENCES = ["available", "busy", "unavailable", "offline"] as const satisfies readonly Presence[];

export interface Worker {
  readonly id: string;
  readonly name: string;
  readonly status: Presence;
  /** As which they work; null: as none. */
  readonly team: string | null;
  /** Which they chose themselves; null: it follows from the names. */
  readonly chosen: string | null;
}

export interface Members {
  readonly here: readonly Worker[];
  readonly elsewhere: readonly Worker[];
  readonly away: readonly Worker[];
  /** All teams, by which those are called who work as another. */
  readonly teams: readonly Named[];
}

/** Of a team: who works as it, who as another, and who is not here. */
export async function loadMembers(team: string): Promise<Members> {
  const [statuses, teams] = await Promise.all([loadAll(team), api.all("/v1/teams")]);
  const all = statuses.map(workerFrom).sort(byName);
  const present = all.filter(({ status }) => status !== "offline");
  return {
    here: present.filter((one) => one.team === team),
    elsewhere: present.filter((one) => one.team !== team),
    away: all.filter(({ status }) => status === "offline"),
    teams: teams.data.map(({ id, attributes }) => ({ id, name: text(attributes.name) })),
  };
}

async function loadAll(team: string): Promise<readonly Resource[]> {
  const found: Resource[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const { data, meta } = await api.list(`${PATH}?team=${team}&page=${page}&pageSize=${AT_ONCE}`);
    found.push(...data);
    pages = Number(meta.totalPages ?? 1);
  }
  return found;
}

function byName(one: Named, other: Named): number {
  return one.name.localeCompare(other.name);
}

/** The first of an agent's teams is the first by this, letter by letter. */
function keyOf({ name }: Named): string {
  return name.normalize("NFKC").toLowerCase();
}

export interface WorksAs {
  readonly worker: Worker;
  /** Those of their teams that have queues of their own, by name. */
  readonly teams: readonly Named[];
}

/** As which of their teams an agent works. */
export async function loadWorksAs(agent: string): Promise<WorksAs> {
  const [status, teams, settings] = await Promise.all([
    loadWorker(agent),
    api.all("/v1/teams"),
    api.all("/v1/routing/team-settings"),
  ]);
  const enabled = new Set(
    settings.data.filter(({ attributes }) => attributes.enabled === true).map(({ id }) => id),
  );
  const theirs = teams.data.filter(({ attributes }) => list(attributes.members).includes(agent));
  const routed = theirs.filter(({ id }) => enabled.has(id));
  return {
    worker: status,
    teams: routed
      .map(({ id, attributes }) => ({ id, name: text(attributes.name) }))
      .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
  };
}

/** As which team they work from now on; null leaves it to the names. Their status stays as it is. */
export async function letWorkAs(agent: string, team: string | null): Promise<void> {
  const { data } = await api.get(`/v1/routing/users/${agent}/status`);
  const { status, reason } = data.attributes;
  const said = typeof reason === "string" && status === "unavailable" ? { reason } : {};
  await api.put(`/v1/routing/users/${agent}/status`, { status, ...said, team });
}

export function workerFrom({ id, attributes: json, relationships }: Resource): Worker {
  return {
    id,
    name: text(json.displayName),
    status: PRESENCES.find((one) => one === json.status) ?? "offline",
    team: relationships?.team?.data?.id ?? null,
    chosen: relationships?.chosenTeam?.data?.id ?? null,
  };
}

async function loadWorker(agent: string): Promise<Worker> {
  return workerFrom((await api.get(`/v1/routing/users/${agent}/status`)).data);
}
