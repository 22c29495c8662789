import { api } from "../../api/api.ts";
import { isJson, list, numberOrNull, type Resource, text } from "../../desk/reading.ts";
import { changesIn } from "../changes.ts";
import { type Acceptance, acceptanceFrom, loadQueues, type Queue } from "./queues.ts";
import { loadStaffing } from "./staffing.ts";
import { workerFrom } from "./working.ts";

const PATH = "/v1/routing/settings";

export type Reach = "any" | "own" | "none";

export interface Transfers {
  readonly toQueues: Reach;
  readonly toTeams: Reach;
  readonly toAgents: Reach;
}

/** How agents are given work. Of a draft null is what was not set here, and follows. */
export interface Terms {
  readonly capacityPerAgent: number | null;
  readonly channelWeights: Readonly<Record<string, number>> | null;
  readonly capacityByPriority: Readonly<Record<string, number>> | null;
  readonly pauseLowerPriority: boolean | null;
  readonly acceptance: Acceptance | null;
  readonly acceptTimeoutSeconds: number | null;
  readonly wrapUpSeconds: number | null;
  readonly requeueWhenOffline: boolean | null;
  readonly unassignWhenReopenedAway: boolean | null;
  readonly lastAgentFirstSeconds: number | null;
  readonly lastAgentHoldSeconds: number | null;
  readonly languageHoldSeconds: number | null;
  readonly transfers: Transfers | null;
}

export type Resolved = { readonly [Name in keyof Terms]: NonNullable<Terms[Name]> };

/** The profile of a team, or of everybody (`team` null). */
export interface Profile {
  readonly team: string | null;
  readonly rev: number | undefined;
  readonly isEnabled: boolean;
  readonly queues: readonly string[];
  readonly terms: Terms;
  /** What holds, wherever it was set. */
  readonly holds: Resolved;
  readonly reasons: readonly string[];
}

export interface TeamProfile {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  /** How many work as it at this moment. */
  readonly working: number;
  readonly profile: Profile;
}

export interface AllProfiles {
  readonly everybody: Profile;
  readonly teams: readonly TeamProfile[];
  readonly queues: readonly Queue[];
  /** Those that nobody would ever be given anything of. */
  readonly forsaken: readonly Queue[];
}

export async function loadProfiles(): Promise<AllProfiles> {
  const [everybody, teams, settings, queues, statuses, staffing] = await Promise.all([
    loadProfile(null),
    api.all("/v1/teams"),
    loadTeamSettings(),
    loadQueues(),
    api.all("/v1/routing/statuses"),
    loadStaffing(),
  ]);
  const here = statuses.data.map(workerFrom).filter(({ status }) => status !== "offline");
  const profiles = teams.data.flatMap(({ id, attributes }): readonly TeamProfile[] => {
    const own = settings.get(id);
    if (own === undefined) return []; // made or removed between the two answers: the next reading has both
    return [
      {
        id,
        name: text(attributes.name),
        members: list(attributes.members).map(text),
        working: here.filter(({ team }) => team === id).length,
        profile: profileFrom(id, own),
      },
    ];
  });
  const forsaken = queues.filter(({ id }) => staffing.get(id)?.isServed === false);
  profiles.sort((one, other) => one.name.localeCompare(other.name));
  return { everybody, queues, teams: profiles, forsaken };
}

/** With what everybody has, which a team follows in all that it does not say itself. */
export async function loadTeamProfile(team: string | null) {
  const [everybody, own, queues, teams] = await Promise.all([
    loadProfile(null),
    team === null ? null : loadProfile(team),
    loadQueues(),
    api.all("/v1/teams"),
  ]);
  const name = text(teams.data.find(({ id }) => id === team)?.attributes.name);
  return { everybody, own: own ?? everybody, queues, name };
}

/** Refused if somebody else has changed it since it was read. */
export async function saveProfile(before: Profile, draft: Profile): Promise<void> {
  const { team, rev } = before;
  await api.put(`${PATH}${team === null ? "" : `?team=${team}`}`, { ...changesOf(draft, before), rev });
}

export function changesOf(wanted: Profile, before: Profile): Readonly<Record<string, unknown>> {
  return changesIn(bodyOf(wanted), bodyOf(before));
}

function bodyOf({ team, isEnabled, queues, terms, reasons }: Profile): Record<string, unknown> {
  if (team === null) return { ...terms, unavailableReasons: reasons };
  const { languageHoldSeconds: _, ...ofTeams } = terms; // the organisation's alone
  return { ...ofTeams, enabled: isEnabled, queues };
}

/** What holds for each team, by its id. */
async function loadTeamSettings(): Promise<ReadonlyMap<string, Resource>> {
  const { data } = await api.all("/v1/routing/team-settings");
  return new Map(data.map((one) => [one.id, one]));
}

async function loadProfile(team: string | null): Promise<Profile> {
  const { data } = await api.get(`${PATH}${team === null ? "" : `?team=${team}`}`);
  return profileFrom(team, data);
}

function profileFrom(team: string | null, { attributes: json }: Resource): Profile {
  const holds = termsFrom(json);
  const inherited = new Set(list(json.inherited));
  const terms = Object.fromEntries(
    Object.entries(holds).map(([name, value]) => [name, inherited.has(name) ? null : value]),
  ) as unknown as Terms;
  return {
    team,
    rev: numberOrNull(json.rev) ?? undefined,
    isEnabled: json.enabled === true,
    queues: list(json.queues).map(text),
    terms,
    holds,
    reasons: list(json.unavailableReasons).map(text),
  };
}

function termsFrom(json: Readonly<Record<string, unknown>>): Resolved {
  return {
    capacityPerAgent: numberOrNull(json.capacityPerAgent) ?? 4,
    channelWeights: numbersFrom(json.channelWeights),
    capacityByPriority: numbersFrom(json.capacityByPriority),
    pauseLowerPriority: json.pauseLowerPriority === true,
    acceptance: acceptanceFrom(json.acceptance) ?? "auto",
    acceptTimeoutSeconds: numberOrNull(json.acceptTimeoutSeconds) ?? 30,
    wrapUpSeconds: numberOrNull(json.wrapUpSeconds) ?? 0,
    requeueWhenOffline: json.requeueWhenOffline !== false,
    unassignWhenReopenedAway: json.unassignWhenReopenedAway !== false,
    lastAgentFirstSeconds: numberOrNull(json.lastAgentFirstSeconds) ?? 0,
    lastAgentHoldSeconds: numberOrNull(json.lastAgentHoldSeconds) ?? 0,
    languageHoldSeconds: numberOrNull(json.languageHoldSeconds) ?? 120,
    transfers: transfersFrom(json.transfers),
  };
}

function numbersFrom(value: unknown): Readonly<Record<string, number>> {
  const entries = Object.entries(isJson(value) ? value : {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}

function transfersFrom(value: unknown): Transfers {
  const json = isJson(value) ? value : {};
  const reach = (one: unknown): Reach => (one === "own" || one === "none" ? one : "any");
  return { toQueues: reach(json.toQueues), toTeams: reach(json.toTeams), toAgents: reach(json.toAgents) };
}
