import { api } from "../api/api.ts";
import { isJson, numberOrNull, text } from "../desk/reading.ts";
import { loadVersions, queryFrom } from "../settings/slas/slas.ts";
import type { Query } from "../views/criteria.ts";

/** The service level that a conversation has, as it was when it matched. */
export interface TurnPromise {
  readonly name: string;
  readonly version: number;
  /** What it asked for: null where no form shows that, undefined where the version is not known any more. */
  readonly query: Query | null | undefined;
}

export async function loadTurnPromise(conversation: string): Promise<TurnPromise | null> {
  const { data } = await api.get(`/v1/conversations/${conversation}`);
  const { sla } = data.attributes;
  if (!isJson(sla)) return null;
  const number = numberOrNull(sla.version) ?? 1;
  // One that was deleted is still had by those that it matched.
  const versions = await loadVersions(text(sla.id)).catch(() => []);
  const matched = versions.find((one) => one.number === number);
  const query = matched === undefined ? undefined : queryFrom(matched.criteria);
  return { name: text(sla.name), version: number, query };
}
