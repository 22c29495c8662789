import { api } from "../../api/api.ts";
import { isJson, numberOrNull, type Resource, text, textOrNull } from "../../desk/reading.ts";
import { criteriaOf, type FieldKind, fromSearch, type Query } from "../../views/criteria.ts";
import { changesIn } from "../changes.ts";
import { type Length, lengthOf, secondsOf } from "./lengths.ts";
import { type Metrics, metricsFrom, metricsOf, type Targets, targetsFrom } from "./targets.ts";

const PATH = "/v1/slas";

/** What is promised to whom. */
export interface Promised {
  readonly name: string;
  readonly criteria: Json;
  readonly metrics: Metrics;
  readonly schedule: string | null;
  readonly pauseOnSnooze: boolean;
  readonly warnBefore: number | null;
}

type Json = Readonly<Record<string, unknown>>;

export interface Sla extends Promised {
  readonly id: string;
  readonly rev: number | undefined;
  readonly version: number;
  readonly isEnabled: boolean;
}

/** What was promised at one time. */
export interface Version extends Promised {
  readonly number: number;
  readonly createdAt: string;
  /** Null of one whom nobody can name. */
  readonly createdBy: string | null;
}

/** What one can change, as the page has it. */
export interface Draft {
  readonly name: string;
  readonly isEnabled: boolean;
  /** Null for criteria that the page cannot show: they are kept as they are. */
  readonly query: Query | null;
  readonly criteria: Json;
  readonly targets: Targets;
  readonly schedule: string | null;
  readonly pauseOnSnooze: boolean;
  readonly warnBefore: Length | null;
}

export function newDraft(): Draft {
  const metrics: Metrics = { firstResponse: { seconds: 3_600, byPriority: {} } };
  return {
    name: "",
    isEnabled: true,
    query: { match: "and", criteria: [] },
    criteria: {},
    targets: targetsFrom(metrics),
    schedule: null,
    pauseOnSnooze: true,
    warnBefore: lengthOf(600),
  };
}

export function draftOf(sla: Sla): Draft {
  return {
    name: sla.name,
    isEnabled: sla.isEnabled,
    query: queryFrom(sla.criteria),
    criteria: sla.criteria,
    targets: targetsFrom(sla.metrics),
    schedule: sla.schedule,
    pauseOnSnooze: sla.pauseOnSnooze,
    warnBefore: sla.warnBefore === null ? null : lengthOf(sla.warnBefore),
  };
}

/** Null for what the page cannot show. */
export function queryFrom(criteria: Json): Query | null {
  const isPlain = Object.keys(criteria).every((key) => key === "and" || key === "or" || key === "timeZone");
  return isPlain ? fromSearch(criteria) : null;
}

/** With other conditions, and all that surrounds them as it was. */
export function withQuery<Asking extends Pick<Draft, "query" | "criteria">>(
  draft: Asking,
  query: Query,
  kindOf: (field: string) => FieldKind,
): Asking {
  return { ...draft, query, criteria: criteriaOf(query, kindOf) };
}

export function promisedIn(draft: Draft): Promised {
  const { name, criteria, schedule, pauseOnSnooze, warnBefore } = draft;
  return {
    name: name.trim(),
    criteria,
    metrics: metricsOf(draft.targets),
    schedule,
    pauseOnSnooze,
    warnBefore: warnBefore === null ? null : secondsOf(warnBefore),
  };
}

export function changesOf(wanted: Draft, before: Draft): Json {
  return changesIn(bodyOf(wanted), bodyOf(before));
}

function bodyOf(draft: Draft): Json {
  return { ...promisedIn(draft), enabled: draft.isEnabled };
}

export async function loadSlas(): Promise<Sla[]> {
  const { data } = await api.all(PATH);
  return data.map(slaFrom);
}

export async function addSla(draft: Draft): Promise<Sla> {
  return slaFrom((await api.post(PATH, bodyOf(draft))).data);
}

/** Refused if somebody else has changed it since it was read. */
export async function changeSla({ id, rev }: Sla, changes: Json): Promise<Sla> {
  return slaFrom((await api.put(`${PATH}/${id}`, { ...changes, rev })).data);
}

export async function orderSlas(slas: readonly Sla[]): Promise<Sla[]> {
  const { data } = await api.put<readonly Resource[]>(`${PATH}/order`, { slas: slas.map(({ id }) => id) });
  return data.map(slaFrom);
}

export async function removeSla(id: string): Promise<void> {
  await api.remove(`${PATH}/${id}`);
}

/** Newest first. */
export async function loadVersions(id: string): Promise<Version[]> {
  const { included } = await api.get(`${PATH}/${id}?versions=all`);
  return included.map(versionFrom).sort((one, other) => other.number - one.number);
}

function slaFrom({ id, attributes: json }: Resource): Sla {
  return {
    id,
    ...promisedFrom(json),
    rev: numberOrNull(json.rev) ?? undefined,
    version: numberOrNull(json.currentVersion) ?? 1,
    isEnabled: json.enabled !== false,
  };
}

function versionFrom({ attributes: json, relationships }: Resource): Version {
  return {
    ...promisedFrom(json),
    number: numberOrNull(json.version) ?? 1,
    createdAt: text(json.createdAt),
    createdBy: relationships?.createdBy?.data?.id ?? null,
  };
}

function promisedFrom(json: Json): Promised {
  return {
    name: text(json.name),
    criteria: isJson(json.criteria) ? json.criteria : {},
    metrics: metricsFrom(json.metrics),
    schedule: textOrNull(json.schedule),
    pauseOnSnooze: json.pauseOnSnooze === true,
    warnBefore: numberOrNull(json.warnBefore),
  };
}
