import { api } from "../api/api.ts";
import { isJson, list, numberOrNull, type Resource, text, textOrNull } from "../desk/reading.ts";

/** Somebody who may be the same person, and why one might think so. */
export interface Duplicate {
  readonly id: string;
  readonly name: string;
  readonly address: string | null;
  readonly lastActivityAt: string | null;
  readonly reasons: readonly string[];
}

/** What a merge would make of two records. */
export interface Preview {
  readonly fields: readonly PreviewField[];
  readonly moves: Moves;
  readonly warnings: readonly string[];
}

export interface PreviewField {
  readonly name: string;
  readonly source: unknown;
  readonly target: unknown;
  readonly kept: "source" | "target" | "both";
}

export interface Moves {
  readonly conversations: number;
  readonly kobjects: number;
  readonly visitors: number;
}

export async function fetchDuplicates(customer: string): Promise<Duplicate[]> {
  const { data } = await api.list(`/v1/customers/${customer}/duplicates`);
  return data.map(readDuplicate);
}

export async function dismissDuplicate(customer: string, other: string): Promise<void> {
  await api.post(`/v1/customers/${customer}/duplicates/${other}/dismissal`, undefined);
}

export async function fetchPreview(source: string, target: string): Promise<Preview> {
  const { data } = await api.post("/v1/customers/merges/preview", { source, target });
  return readPreview(data);
}

/** Resolves with the merge's id. */
export async function merge(source: string, target: string): Promise<string> {
  const { data } = await api.post("/v1/customers/merges", { source, target });
  return data.id;
}

export async function undoMerge(id: string): Promise<void> {
  await api.post(`/v1/customers/merges/${id}/undo`, undefined);
}

/** Until when a merge can be undone; null when it cannot, or not any more. */
export async function fetchUndoableUntil(id: string): Promise<string | null> {
  const { data } = await api.get(`/v1/customers/merges/${id}`);
  return textOrNull(data.attributes.undoableUntil);
}

function readDuplicate({ id, attributes: json }: Resource): Duplicate {
  const [email] = list(json.emails).map((one) => (isJson(one) ? text(one.email) : text(one)));
  const [phone] = list(json.phones).map((one) => (isJson(one) ? text(one.phone) : text(one)));
  return {
    id,
    name: text(json.displayName),
    address: email ?? phone ?? null,
    lastActivityAt: textOrNull(json.lastActivityAt),
    reasons: list(json.reasons)
      .map((reason) => (isJson(reason) ? text(reason.text) : text(reason)))
      .filter((reason) => reason !== ""),
  };
}

export function readPreview({ attributes: json }: Resource): Preview {
  const moves = isJson(json.moves) ? json.moves : {};
  return {
    fields: list(json.fields)
      .filter(isJson)
      .map(({ name, source, target, kept }) => ({
        name: text(name),
        source,
        target,
        kept: kept === "source" || kept === "both" ? kept : "target",
      })),
    moves: {
      conversations: numberOrNull(moves.conversations) ?? 0,
      kobjects: numberOrNull(moves.kobjects) ?? 0,
      visitors: numberOrNull(moves.visitors) ?? 0,
    },
    warnings: list(json.warnings).map((warning) => (isJson(warning) ? text(warning.text) : text(warning))),
  };
}
