import { create } from "zustand";

import { api } from "../api/api.ts";
import { list, numberOrNull, text } from "../desk/reading.ts";
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
}

export const NO_TERMS: Terms = { wrapUpSeconds: 0, reasons: [], team: null, teams: [] };

export const useTerms = create<Terms>(() => NO_TERMS);

/** Without them there are no reasons to choose from, and nothing is wrapped up on the screen. */
export async function loadTerms(me: string): Promise<void> {
  const [{ data }, teams] = await Promise.all([
    api.get(`/v1/routing/users/${me}/status`),
    loadRoutedTeams(me),
  ]);
  const team = data.relationships?.team?.data?.id ?? null;
  const { attributes } = await loadSettings(team);
  useTerms.setState({
    wrapUpSeconds: numberOrNull(attributes.wrapUpSeconds) ?? 0,
    reasons: list(attributes.unavailableReasons)
      .map(text)
      .filter((reason) => reason !== ""),
    team,
    teams,
  });
}

async function loadRoutedTeams(me: string): Promise<readonly Named[]> {
  const { data } = await api.all("/v1/teams");
  const mine = data.filter(({ attributes }) => list(attributes.members).includes(me));
  const settings = await Promise.all(mine.map(({ id }) => loadSettings(id)));
  return mine
    .filter((_, index) => settings[index]?.attributes.enabled === true)
    .map(({ id, attributes }) => ({ id, name: text(attributes.name) }));
}

async function loadSettings(team: string | null) {
  return (await api.get(`/v1/routing/settings${team === null ? "" : `?team=${team}`}`)).data;
}
