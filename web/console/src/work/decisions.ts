import { api } from "../api/api.ts";
import { isJson, list, numberOrNull, type Resource, text, textOrNull } from "../desk/reading.ts";
import { words } from "./en.ts";

const BECAUSE = ["preferred", "most_room", "longest_idle", "tie", "only_one", "nobody", "closed"] as const;
export type Because = (typeof BECAUSE)[number];
const PREFERRED = ["by_hand", "rule", "last_agent"] as const;
export type PreferredAs = (typeof PREFERRED)[number];

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
  readonly preferredAs: PreferredAs;
  /** The key of the skill of a language that nobody was found for. */
  readonly languageDropped: string | null;
  /** When its queue opens, if it was closed. */
  readonly opensAt: string | null;
}

/** The last ones first. */
export async function loadDecisions(item: string, most: number): Promise<readonly Decision[]> {
  const { data } = await api.list(`/v1/routing/work-items/${item}/decisions?page=1&pageSize=${most}`);
  return data.map(decisionFrom);
}

/** To the agent who was chosen; empty when there is nothing to say. */
export function whyYou({ because, chosen, preferredAs }: Decision): string {
  if (chosen === null) return "";
  if (because === "preferred") return words.preferred[preferredAs];
  return words.why[because](words.room(chosen.load, chosen.capacity));
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
    preferredAs: PREFERRED.find((one) => one === json.preferredAs) ?? "last_agent",
    languageDropped: textOrNull(json.languageDropped),
    opensAt: textOrNull(json.opensAt),
  };
}

function standingFrom(json: Readonly<Record<string, unknown>>): Standing {
  return {
    name: text(json.displayName),
    load: numberOrNull(json.load) ?? 0,
    capacity: numberOrNull(json.capacity) ?? 0,
  };
}
