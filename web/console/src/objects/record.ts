import { api } from "../api/api.ts";
import { isJson, numberOrNull, type Resource, text, textOrNull } from "../desk/reading.ts";

type Json = Readonly<Record<string, unknown>>;

/** A record whole, as it is changed by hand: its card shows some of it. */
export interface ObjectRecord {
  readonly id: string;
  readonly klass: string;
  /** Its own; most are called by one of their attributes. */
  readonly title: string;
  readonly custom: Json;
  readonly rev: number | null;
  /** Who alone changes it; null where people do. */
  readonly keptBy: "shop" | "program" | null;
}

export interface RecordBody {
  readonly title?: string | null;
  readonly custom: Json;
}

export async function readRecord(klass: string, id: string): Promise<ObjectRecord> {
  return recordFrom(klass, (await api.get(`/v1/klasses/${klass}/${id}`)).data);
}

/** Rejects with a conflict when somebody else has changed it since it was read. */
export async function changeRecord({ klass, id, rev }: ObjectRecord, body: RecordBody): Promise<void> {
  await api.patch(`/v1/klasses/${klass}/${id}`, { ...body, ...(rev === null ? {} : { rev }) });
}

/** The new record's id. Safe to send again with the same `key`. */
export async function createRecord(
  { customer, klass }: { readonly customer: string; readonly klass: string },
  body: RecordBody,
  key: string,
): Promise<string> {
  const path = `/v1/customers/${customer}/klasses/${klass}`;
  return (await api.post(path, body, { headers: { "Idempotency-Key": key } })).data.id;
}

export async function removeRecord(klass: string, id: string): Promise<void> {
  await api.remove(`/v1/klasses/${klass}/${id}`);
}

function recordFrom(klass: string, { id, attributes: json }: Resource): ObjectRecord {
  const keeper = textOrNull(json.keptBy);
  return {
    id,
    klass,
    title: text(json.title),
    custom: isJson(json.custom) ? json.custom : {},
    rev: numberOrNull(json.rev),
    keptBy: keeper === "shop" || keeper === "program" ? keeper : null,
  };
}
