import { type Answer, api } from "../api/api.ts";
import { numberOrNull, type Resource } from "../desk/reading.ts";

/** One page: nobody is asked, or wraps up, more than that at once. */
const MOST = 100;

/** What this agent is asked to take and what they wrap up, the newest first. No list of conversations has either. */
export function loadInHand(me: string): Promise<Answer<readonly Resource[]>> {
  return api.list(`/v1/routing/users/${me}/work-items?status=offered,wrap_up&page=1&pageSize=${MOST}`);
}

export function related({ relationships }: Resource, name: string): string | null {
  return relationships?.[name]?.data?.id ?? null;
}

/** By the server's clock; this machine's may be another. */
export function millisecondsLeft({ attributes }: Resource): number {
  return numberOrNull(attributes.remaining) ?? 0;
}
