import type { Reach, Transfers } from "../work/terms.ts";
import { words } from "./en.ts";

export type Place = "queue" | "team" | "agent";

/** Whether an agent of these terms may give work there. What cannot be known here the server decides. */
export function mayGiveTo(transfers: Transfers, place: Place, id: string): boolean {
  const own = { queue: transfers.queues, team: transfers.teams, agent: transfers.agents }[place];
  switch (reachOf(transfers, place)) {
    case "any":
      return true;
    case "none":
      return false;
    case "own":
      return own === null || own.includes(id);
  }
}

/** Why something is not in the list; null where all is. */
export function leftOutWords(transfers: Transfers, places: readonly Place[]): string | null {
  const named = (reach: Reach) =>
    places.filter((place) => reachOf(transfers, place) === reach).map((place) => words.places[place]);
  const [own, none] = [named("own"), named("none")];
  return own.length + none.length === 0 ? null : words.leftOut(own, none);
}

function reachOf({ toQueues, toTeams, toAgents }: Transfers, place: Place): Reach {
  return { queue: toQueues, team: toTeams, agent: toAgents }[place];
}
