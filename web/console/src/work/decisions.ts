import { api } from "../api/api.ts";
import { isJson, list, numberOrNull, type Resource, text } from "../desk/reading.ts";
import { words } from "./en.ts";

const BECAUSE = ["preferred", "most_room", "longest_idle", "tie", "only_one", "nobody"] as const;
export type Because = (typeof BECAUSE)[number];

/** An agent as they stood when it was decided. */
export interface Standing {
  readonly name: string;
  readonly load: number;
  readonly capacity: number;
}

/** Why something went to whom, or to nobody. */
export interface Decision {
  readonly id: string;
  readonly at: string;
  readonly because: Because;
  readonly chosen: Standing | null;
  readonly runnersUp: readonly Standing[];
  /** How many could not take it, by reason. */
  readonly others: readonly (readonly [why: string, count: number])[];
  /** How many more had room, behind all of these. */
  readonly unseen: number;
}

/** The last ones first. */
export async function loadDecisions(item: string, most: number): Promise<readonly Decision[]> {
  const { data } = await api.list(`/v1/routing/work-items/${item}/decisions?page=1&pageSize=${most}`);
  return data.map(decisionFrom);
}

/** To the agent who was chosen; empty when there is nothing to say. */
export function whyYou({ because, chosen }: Decision): string {
  return chosen === null ? "" : words.why[because](words.room(chosen.load, chosen.capacity));
}

function decisionFrom({ id, attributes: json }: Resource): Decision {
  return {
    id,
    at: text(json.at),
    because: BECAUSE.find((one) => one === json.because) ?? "nobody",
    chosen: isJson(json.chosen) ? standingFrom(json.chosen) : null,
    runnersUp: list(json.runnersUp).filter(isJson).map(standingFrom),
    others: Object.entries(isJson(json.others) ? json.others : {}).map(
      ([why, count]) => [why, numberOrNull(count) ?? 0] as const,
    ),
    unseen: numberOrNull(json.unseen) ?? 0,
  };
}

function standingFrom(json: Readonly<Record<string, unknown>>): Standing {
  return {
    name: text(json.displayName),
    load: numberOrNull(json.load) ?? 0,
    capacity: numberOrNull(json.capacity) ?? 0,
  };
}
