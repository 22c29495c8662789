import { api } from "../api/api.ts";
import { currentDesk } from "../desk/store.ts";
import { type Entry, entryFromResource } from "../timeline/entries.ts";

/** Where a conversation was put: into a queue, to a team, to an agent. Or what who handed it on said of that. */
export type Step = Extract<Entry, { kind: "assigned" | "handedOn" }>;

const MOST_ENTRIES = 100;
const MOST_STEPS = 8;

/** The last steps of it, as its timeline has them, the first first. */
export async function loadWay(conversation: string): Promise<readonly Step[]> {
  const customer = currentDesk().conversations.get(conversation)?.customer;
  if (customer === undefined) return [];
  const { data } = await api.list(
    `/v1/customers/${customer}/timeline?conversation=${conversation}&pageSize=${MOST_ENTRIES}`,
  );
  const entries = data.map(entryFromResource).filter((entry) => entry !== null);
  return entries.filter(isStep).slice(-MOST_STEPS);
}

export function isByHand({ kind, actor }: Step): boolean {
  return kind === "handedOn" || actor?.type === "user";
}

function isStep(entry: Entry): entry is Step {
  return entry.kind === "assigned" || entry.kind === "handedOn";
}
