import { api } from "../../api/api.ts";
import { isJson, list, numberOrNull, type Resource, text, textOrNull } from "../../desk/reading.ts";
import type { ListPage } from "../use-pages.ts";

export const PAGE_SIZE = 25;

/** One of two who may be the same. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly address: string | null;
  readonly lastActivityAt: string | null;
}

export interface Pair {
  readonly id: string;
  readonly one: Person;
  readonly other: Person;
  readonly reasons: readonly string[];
}

export async function loadPairs(page: number): Promise<ListPage<Pair>> {
  const { data, meta } = await api.list(`/v1/customers/duplicates?page=${page}&pageSize=${PAGE_SIZE}`);
  const items = data.map(pairFrom).filter((pair) => pair !== null);
  return { items, total: numberOrNull(meta.total) ?? items.length };
}

function pairFrom({ id, attributes: json }: Resource): Pair | null {
  const [one, other] = list(json.customers).filter(isJson).map(personFrom);
  if (one === undefined || other === undefined) return null;
  const reasons = list(json.reasons)
    .filter(isJson)
    .map((reason) => text(reason.text));
  return { id, one, other, reasons };
}

function personFrom(json: Readonly<Record<string, unknown>>): Person {
  const [email] = list(json.emails).filter(isJson);
  const [phone] = list(json.phones).filter(isJson);
  return {
    id: text(json.id),
    name: text(json.displayName),
    address: textOrNull(email?.email) ?? textOrNull(phone?.phone),
    lastActivityAt: textOrNull(json.lastActivityAt),
  };
}
