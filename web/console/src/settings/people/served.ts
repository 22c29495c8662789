import { loadQueues } from "../routing/queues.ts";
import { loadStaffing } from "../routing/staffing.ts";

interface Served {
  /** Names of the queues that a team serves, */
  readonly queues: readonly string[];
  /** and of those among them that no other team does. */
  readonly alone: readonly string[];
}

export async function loadServed(team: string): Promise<Served> {
  const [queues, staffing] = await Promise.all([loadQueues(), loadStaffing()]);
  const crewsOf = (queue: string) => staffing.get(queue)?.crews ?? [];
  const served = queues.filter(({ id }) => crewsOf(id).some((crew) => crew.team === team));
  const alone = served.filter(({ id }) => crewsOf(id).length === 1);
  return { queues: served.map(({ name }) => name), alone: alone.map(({ name }) => name) };
}
