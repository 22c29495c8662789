import { create } from "zustand";

import { api } from "../api/api.ts";
import { isJson, list, numberOrNull, type Resource, text } from "../desk/reading.ts";
import type { Named } from "../desk/types.ts";

/** How this agent is given work: by the team as which they work, or by the organisation. */
interface Terms {
  readonly wrapUpSeconds: number;
  /** For what one may be unavailable; none: for anything. */
  readonly reasons: readonly string[];
  /** As which they work; null: as no team. */
  readonly team: string | null;
  /** Those of their teams that have queues of their own: they work as one of these at a time. */
  readonly teams: readonly Named[];
  /** Where they may give work by hand. */
  readonly transfers: Transfers;
}

export type Reach = "any" | "own" | "none";

/** What is their own is not told where they work as no team: then the server alone knows it. */
export interface Transfers {
  readonly toQueues: Reach;
  readonly toTeams: Reach;
  readonly toAgents: Reach;
  readonly queues: readonly string[] | null;
  readonly teams: readonly string[];
  readonly agents: readonly string[] | null;
}

const ANYWHERE: Transfers = {
  toQueues: "any",
  toTeams: "any",
  toAgents: "any",
  queues: null,
  teams: [],
  agents: null,
};

export const NO_TERMS: Terms = { wrapUpSeconds: 0, reasons: [], team: null, teams: [], transfers: ANYWHERE };

export const useTerms = create<Terms>(() => NO_TERMS);

/** Without them there are no reasons to choose from, and nothing is wrapped up on the screen. */
export async function loadTerms(me: string): Promise<void> {
  const [{ data }, mine] = await Promise.all([api.get(`/v1/routing/users/${me}/status`), loadTeamsOf(me)]);
  const team = data.relationships?.team?.data?.id ?? null;
  const [{ attributes }, teams] = await Promise.all([loadSettings(team), routed(mine)]);
  useTerms.setState({
    wrapUpSeconds: numberOrNull(attributes.wrapUpSeconds) ?? 0,
    reasons: textsOf(attributes.unavailableReasons),
    team,
    teams,
    transfers: transfersFrom(attributes, team, mine),
  });
}

async function loadTeamsOf(me: string): Promise<readonly Resource[]> {
  const { data } = await api.all("/v1/teams");
  return data.filter(({ attributes }) => list(attributes.members).includes(me));
}

async function routed(mine: readonly Resource[]): Promise<readonly Named[]> {
  const settings = await Promise.all(mine.map(({ id }) => loadSettings(id)));
  return mine
    .filter((_, index) => settings[index]?.attributes.enabled === true)
    .map(({ id, attributes }) => ({ id, name: text(attributes.name) }));
}

async function loadSettings(team: string | null) {
  return (await api.get(`/v1/routing/settings${team === null ? "" : `?team=${team}`}`)).data;
}

function transfersFrom(
  { transfers, queues }: Resource["attributes"],
  team: string | null,
  mine: readonly Resource[],
): Transfers {
  const said = isJson(transfers) ? transfers : {};
  const colleagues = mine.find(({ id }) => id === team)?.attributes.members;
  return {
    toQueues: reachFrom(said.toQueues),
    toTeams: reachFrom(said.toTeams),
    toAgents: reachFrom(said.toAgents),
    queues: team === null ? null : textsOf(queues),
    teams: mine.map(({ id }) => id),
    agents: colleagues === undefined ? null : textsOf(colleagues),
  };
}

function reachFrom(value: unknown): Reach {
  return value === "own" || value === "none" ? value : "any";
}

function textsOf(value: unknown): readonly string[] {
  return list(value)
    .map(text)
    .filter((one) => one !== "");
}
