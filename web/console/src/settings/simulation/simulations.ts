import { api } from "../../api/api.ts";
import { isNotFound } from "../../api/errors.ts";
import { isJson, list, numberOrNull, type Resource, text, textOrNull } from "../../desk/reading.ts";

const PATH = "/v1/routing/simulations";

/** In the address of the form, before what is played again. */
export const AGAIN = "again";

const STATUSES = ["waiting", "running", "stopped", "failed", "done"] as const;
export type Status = (typeof STATUSES)[number];

const PHASES = ["reading", "before", "after"] as const;
export type Phase = (typeof PHASES)[number];

export interface Simulation {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly from: string;
  readonly to: string;
  readonly scenario: Readonly<Record<string, unknown>>;
  /** From 0 to 1. */
  readonly progress: number;
  /** What is being done, while it runs. */
  readonly phase: Phase | null;
  readonly problem: { readonly detail: string; readonly parameter: string | null } | null;
  readonly createdAt: string;
  readonly by: string;
  readonly outcome: Outcome | null;
}

export interface Outcome {
  readonly agreement: { readonly same: number; readonly conversations: number };
  readonly before: World;
  /** Null where nothing was changed. */
  readonly after: World | null;
  readonly refused: number;
  readonly troubles: number;
}

export interface World {
  readonly bucketMs: number;
  readonly whole: Measured;
  readonly queues: readonly Measured[];
  readonly agents: readonly AgentMeasured[];
}

export type Count = "arrivals" | "served" | "gaveUp" | "stillWaiting";
export type Wait = "p50" | "p90" | "longest";
export type Plotted = "arrivals" | "waiting" | "wait" | "load" | "available";

export interface Measured extends Readonly<Record<Count, number>> {
  readonly id: string;
  readonly name: string;
  /** Milliseconds; null where nobody waited. */
  readonly wait: Readonly<Record<Wait, number | null>>;
  readonly kept: { readonly met: number; readonly missed: number };
  readonly series: Readonly<Record<Plotted, readonly (number | null)[]>>;
}

export interface AgentMeasured {
  readonly id: string;
  readonly name: string;
  readonly served: number;
  /** How much of their capacity was taken, from 0 to 1; null if they were never available. */
  readonly occupancy: number | null;
  /** The same for each bucket. */
  readonly busy: readonly (number | null)[];
}

export interface Wish {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly scenario: Readonly<Record<string, unknown>>;
}

export function isMoving({ status }: Simulation): boolean {
  return status === "waiting" || status === "running";
}

/** The twenty newest: more are not kept. */
export async function loadSimulations(): Promise<readonly Simulation[]> {
  const { data } = await api.list(`${PATH}?page=1&pageSize=50`);
  return data.map(simulationFrom);
}

export async function loadSimulation(id: string): Promise<Simulation | null> {
  try {
    return simulationFrom((await api.get(`${PATH}/${id}`)).data);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

export async function begin(wish: Wish): Promise<Simulation> {
  return simulationFrom((await api.post(PATH, wish)).data);
}

export async function stop(id: string): Promise<Simulation> {
  return simulationFrom((await api.post(`${PATH}/${id}/stop`, {})).data);
}

export async function remove(id: string): Promise<void> {
  await api.remove(`${PATH}/${id}`);
}

type Json = Readonly<Record<string, unknown>>;

function simulationFrom({ id, attributes: json }: Resource): Simulation {
  const problem = isJson(json.error) ? json.error : null;
  return {
    id,
    name: text(json.name),
    status: STATUSES.find((status) => status === json.status) ?? "failed",
    from: text(json.from),
    to: text(json.to),
    scenario: part(json, "scenario"),
    progress: numberOrNull(json.progress) ?? 0,
    phase: PHASES.find((phase) => phase === json.phase) ?? null,
    problem:
      problem === null ? null : { detail: text(problem.detail), parameter: textOrNull(problem.parameter) },
    createdAt: text(json.createdAt),
    by: text(json.createdByName),
    outcome: isJson(json.result) ? outcomeFrom(json.result) : null,
  };
}

function outcomeFrom(json: Json): Outcome {
  const agreement = part(json, "agreement");
  return {
    agreement: { same: count(agreement, "same"), conversations: count(agreement, "conversations") },
    before: worldFrom(part(json, "before")),
    after: isJson(json.after) ? worldFrom(json.after) : null,
    refused: count(json, "refused"),
    troubles: list(json.troubles).length,
  };
}

function worldFrom(json: Json): World {
  return {
    bucketMs: count(json, "bucketMs"),
    whole: measuredFrom(part(json, "whole")),
    queues: list(json.queues).filter(isJson).map(measuredFrom),
    agents: list(json.agents)
      .filter(isJson)
      .map((one) => ({
        id: text(one.id),
        name: text(one.name),
        served: count(one, "served"),
        occupancy: numberOrNull(one.occupancy),
        busy: list(one.busy).map(numberOrNull),
      })),
  };
}

function measuredFrom(json: Json): Measured {
  const wait = part(json, "wait");
  const kept = part(json, "firstResponse");
  const series = part(json, "series");
  const values = (name: Plotted) => list(series[name]).map(numberOrNull);
  return {
    id: text(json.id),
    name: text(json.name),
    arrivals: count(json, "arrivals"),
    served: count(json, "served"),
    gaveUp: count(json, "gaveUp"),
    stillWaiting: count(json, "stillWaiting"),
    wait: {
      p50: numberOrNull(wait.p50),
      p90: numberOrNull(wait.p90),
      longest: numberOrNull(wait.longest),
    },
    kept: { met: count(kept, "met"), missed: count(kept, "missed") },
    series: {
      arrivals: values("arrivals"),
      waiting: values("waiting"),
      wait: values("wait"),
      load: values("load"),
      available: values("available"),
    },
  };
}

function part(json: Json, name: string): Json {
  const value = json[name];
  return isJson(value) ? value : {};
}

function count(json: Json, name: string): number {
  return numberOrNull(json[name]) ?? 0;
}
