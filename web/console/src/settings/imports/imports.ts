import { postFile } from "@kithdesk/api-client";

import { api } from "../../api/api.ts";
import { isNotFound } from "../../api/errors.ts";
import { isJson, list, numberOrNull, type Resource, text, textOrNull, texts } from "../../desk/reading.ts";
import type { ListPage } from "../use-pages.ts";

const PATH = "/v1/imports";
export const PAGE_SIZE = 25;

export const STATUSES = ["draft", "running", "stopped", "done", "undoing", "undo_stopped", "undone"] as const;
export type Status = (typeof STATUSES)[number];

export const MATCH_KEYS = ["externalId", "email", "phone"] as const;
export type MatchKey = (typeof MATCH_KEYS)[number];
export type OnMatch = "update" | "skip";

/** One file of customers, and what has become of it so far. */
export interface Import {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly columns: readonly Column[];
  readonly rows: number;
  /** Null until somebody said which column is what. */
  readonly mapping: Mapping | null;
  /** Of a draft: what would become of all rows. Null until somebody looks. */
  readonly check: Check | null;
  readonly progress: Readonly<Record<"done" | "created" | "updated" | "skipped" | "failed", number>>;
  readonly undo: Readonly<Record<"removed" | "reversed" | "kept", number>> & {
    /** The rows that are still to be taken back. */
    readonly left: number;
    /** Null when it is too late, too early, or done. */
    readonly until: string | null;
  };
  /** Whether the file and what became of each row are still there. */
  readonly areRowsKept: boolean;
  readonly createdAt: string;
  readonly endedAt: string | null;
  /** The agent who started it, else who brought the file. */
  readonly by: string | null;
}

/** All rows of a draft, as far as they were looked at. */
export interface Check extends Readonly<Record<"done" | Action, number>> {
  readonly isOver: boolean;
}

export interface Column {
  readonly name: string;
  readonly sample: readonly string[];
  /** What its name sounds like. */
  readonly suggested: string | null;
}

export interface Mapping {
  /** For each column what it is; null is passed over. */
  readonly targets: readonly (string | null)[];
  readonly matchBy: readonly MatchKey[];
  readonly onMatch: OnMatch;
}

export interface RowError {
  readonly column: number | null;
  readonly title: string;
  /** The beginning of what the file has there. */
  readonly value: string | null;
  /** Who has that already. */
  readonly customer: string | null;
}

export const ACTIONS = ["create", "update", "skip", "error"] as const;
export type Action = (typeof ACTIONS)[number];

/** A row as it would become. */
export interface Previewed {
  readonly row: number;
  readonly action: Action;
  /** Whom a row with errors is about. */
  readonly name: string | null;
  /** Who is here already. */
  readonly id: string | null;
  readonly customer: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly RowError[];
}

export const CHANGES = ["changed", "new", "refused"] as const;
export type ChangeKind = (typeof CHANGES)[number];

/** A row of a draft: whose record it would change, and how. */
export interface Change {
  readonly row: number;
  /** Whoever looks at what was counted finds it as it is by now. */
  readonly kind: ChangeKind | "unchanged";
  readonly name: string | null;
  /** Who is here already. */
  readonly id: string | null;
  /** An earlier row that makes or changes the same record. */
  readonly afterRow: number | null;
  readonly fields: readonly {
    readonly name: string;
    readonly before: unknown;
    readonly after: unknown;
  }[];
  readonly errors: readonly RowError[];
}

/** A row that was taken, or was not. */
export interface Row {
  readonly row: number;
  /** The customer's name, or whom the row is about. Null of a customer who is gone. */
  readonly name: string | null;
  readonly customer: string | null;
  readonly errors: readonly RowError[];
}

export type Outcome = "created" | "updated" | "skipped" | "failed" | "reversed" | "kept";

export function isMoving({ status }: Import): boolean {
  return status === "running" || status === "undoing";
}

export async function loadImports(page: number): Promise<ListPage<Import>> {
  const { data, meta } = await api.list(`${PATH}?page=${page}&pageSize=${PAGE_SIZE}`);
  return { items: data.map(importFrom), total: numberOrNull(meta.total) ?? data.length };
}

export async function loadImport(id: string): Promise<Import> {
  return importFrom((await api.get(`${PATH}/${id}`)).data);
}

/** Null of one that is gone: nobody began it within a week. */
export function loadImportOrNone(id: string): Promise<Import | null> {
  return loadImport(id).catch((error: unknown) => {
    if (isNotFound(error)) return null;
    throw error;
  });
}

export async function upload(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const name = encodeURIComponent(file.name.slice(0, 255));
  // Systems call a CSV file many things, and the server takes it for what it is.
  const options = { contentType: "text/csv", onProgress, signal };
  const answer = await postFile<{ data?: Resource }>(`${PATH}?name=${name}`, file, options);
  return answer?.data?.id ?? "";
}

export async function saveMapping(id: string, { targets, matchBy, onMatch }: Mapping): Promise<void> {
  const mapping = Object.fromEntries(targets.entries());
  await api.put(`${PATH}/${id}`, { mapping, matchBy, onMatch });
}

export async function loadPreview(id: string): Promise<Previewed[]> {
  const { data } = await api.list(`${PATH}/${id}/preview`);
  return data.map(({ attributes: json }) => ({
    row: numberOrNull(json.row) ?? 0,
    name: textOrNull(json.name),
    action: ACTIONS.find((action) => action === json.action) ?? "error",
    id: textOrNull(json.id),
    customer: isJson(json.customer) ? json.customer : null,
    errors: errorsFrom(json.errors),
  }));
}

/** Fifty of a kind, in the order of the file. */
export async function loadChanges(id: string, kind: ChangeKind, page: number) {
  const { data, meta } = await api.list(`${PATH}/${id}/changes?change=${kind}&page=${page}&pageSize=50`);
  const rows = data.map(({ attributes }) => changeFrom(attributes));
  return { rows, total: numberOrNull(meta.total) ?? rows.length };
}

/** Answers how it stands then. */
export async function act(id: string, verb: "start" | "stop" | "undo"): Promise<Import> {
  return importFrom((await api.post(`${PATH}/${id}/${verb}`, {})).data);
}

export async function loadRows(id: string, outcome: Outcome, page: number) {
  const path = `${PATH}/${id}/rows?outcome=${outcome}&page=${page}&pageSize=${PAGE_SIZE}`;
  const { data, meta } = await api.list(path);
  const rows = data.map(({ attributes }) => rowFrom(attributes));
  return { rows, total: numberOrNull(meta.total) ?? rows.length };
}

export async function discard(id: string): Promise<void> {
  await api.remove(`${PATH}/${id}`);
}

/** Where the rows that failed can be had as a file. */
export function errorsPath(id: string): string {
  return `${PATH}/${id}/errors.csv`;
}

function importFrom({ id, attributes: json, relationships }: Resource): Import {
  const progress = isJson(json.progress) ? json.progress : {};
  const undo = isJson(json.undo) ? json.undo : {};
  const columns = list(json.columns).filter(isJson).map(columnFrom);
  const count = (from: Readonly<Record<string, unknown>>, name: string) => numberOrNull(from[name]) ?? 0;
  return {
    id,
    name: text(json.name),
    status: STATUSES.find((status) => status === json.status) ?? "draft",
    columns,
    rows: count(json, "rows"),
    mapping: mappingFrom(json, columns.length),
    check: isJson(json.check) ? checkFrom(json.check) : null,
    progress: {
      done: count(progress, "done"),
      created: count(progress, "created"),
      updated: count(progress, "updated"),
      skipped: count(progress, "skipped"),
      failed: count(progress, "failed"),
    },
    undo: {
      left: count(undo, "left"),
      removed: count(undo, "removed"),
      reversed: count(undo, "reversed"),
      kept: count(undo, "kept"),
      until: textOrNull(undo.undoableUntil),
    },
    areRowsKept: json.areRowsKept !== false,
    createdAt: text(json.createdAt),
    endedAt: textOrNull(json.endedAt),
    by: (relationships?.startedBy ?? relationships?.createdBy)?.data?.id ?? null,
  };
}

function checkFrom(json: Readonly<Record<string, unknown>>): Check {
  const count = (name: "done" | Action) => numberOrNull(json[name]) ?? 0;
  return {
    done: count("done"),
    create: count("create"),
    update: count("update"),
    skip: count("skip"),
    error: count("error"),
    isOver: json.isOver === true,
  };
}

function rowFrom(json: Readonly<Record<string, unknown>>): Row {
  return {
    row: numberOrNull(json.row) ?? 0,
    name: textOrNull(json.name),
    customer: textOrNull(json.customer),
    errors: errorsFrom(json.errors),
  };
}

function changeFrom(json: Readonly<Record<string, unknown>>): Change {
  return {
    row: numberOrNull(json.row) ?? 0,
    kind: CHANGES.find((kind) => kind === json.change) ?? "unchanged",
    name: textOrNull(json.name),
    id: textOrNull(json.id),
    afterRow: numberOrNull(json.afterRow),
    fields: list(json.fields)
      .filter(isJson)
      .map(({ name, before, after }) => ({ name: text(name), before, after })),
    errors: errorsFrom(json.errors),
  };
}

function columnFrom(json: Readonly<Record<string, unknown>>): Column {
  return { name: text(json.name), sample: texts(json.sample), suggested: textOrNull(json.suggested) };
}

function mappingFrom(json: Readonly<Record<string, unknown>>, columns: number): Mapping | null {
  const { mapping, matchBy, onMatch } = json;
  if (!isJson(mapping)) return null;
  return {
    targets: Array.from({ length: columns }, (_, column) => textOrNull(mapping[column])),
    matchBy: MATCH_KEYS.filter((key) => list(matchBy).includes(key)),
    onMatch: onMatch === "skip" ? "skip" : "update",
  };
}

function errorsFrom(errors: unknown): RowError[] {
  return list(errors)
    .filter(isJson)
    .map((error) => ({
      column: numberOrNull(error.column),
      title: text(error.title),
      value: textOrNull(error.value),
      customer: textOrNull(error.customer),
    }));
}
