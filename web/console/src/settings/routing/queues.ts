import { Refused } from "@kithdesk/api-client";

import { api } from "../../api/api.ts";
import { serverNow } from "../../api/clock.ts";
import { wordsFor } from "../../api/errors.ts";
import { loadDirectory } from "../../desk/directory.ts";
import { isJson, numberOrNull, type Resource, text, textOrNull } from "../../desk/reading.ts";
import { changesIn } from "../changes.ts";
import { words } from "./en.ts";

const PATH = "/v1/routing/queues";

export type Acceptance = "auto" | "manual";

/** What becomes of what waits so long, or behind so much; at least one of queue, message and form. */
export interface Overflow {
  readonly toQueue: string | null;
  readonly afterSeconds: number | null;
  readonly overWaiting: number | null;
  readonly message: string | null;
  readonly form: boolean;
}

/** What one can change of a queue; null: as the team has it. */
export interface QueueDraft {
  readonly name: string;
  readonly priority: number;
  readonly weight: number;
  readonly acceptance: Acceptance | null;
  readonly requeueWhenOffline: boolean | null;
  readonly schedule: string | null;
  readonly overflow: Overflow | null;
}

export interface Queue extends QueueDraft {
  readonly id: string;
  readonly isDefault: boolean;
  /** Of a server that does not tell it, undefined. */
  readonly rev: number | undefined;
}

/** How it stands with a queue at this moment. */
export interface Waits {
  readonly waiting: number;
  /** Since when the first of it does, by the server's clock. */
  readonly since: number | null;
}

export interface QueueWithWaits {
  readonly queue: Queue;
  readonly waits: Waits | null;
}

export const NEW_QUEUE: QueueDraft = {
  name: "",
  priority: 50,
  weight: 1,
  acceptance: null,
  requeueWhenOffline: null,
  schedule: null,
  overflow: null,
};

/** The default one first, then as work is taken from them. */
export async function loadQueues(): Promise<readonly Queue[]> {
  const { data } = await api.all(PATH);
  return data
    .map(queueFrom)
    .sort(
      (one, other) =>
        Number(other.isDefault) - Number(one.isDefault) ||
        one.priority - other.priority ||
        one.name.localeCompare(other.name),
    );
}

export async function loadQueuesWithWaits(): Promise<readonly QueueWithWaits[]> {
  const queues = await loadQueues();
  const waits = new Map<string, Waits>();
  for (let from = 0; from < queues.length; from += MOST_METRICS) {
    const ids = queues.slice(from, from + MOST_METRICS).map(({ id }) => id);
    const { data } = await api.list(`/v1/chat/queues/metrics/${ids.join(",")}?page=1&pageSize=100`);
    for (const one of data) {
      const { waiting, longestWait } = one.attributes;
      const longest = numberOrNull(longestWait);
      const since = longest === null ? null : serverNow() - longest;
      waits.set(one.id, { waiting: numberOrNull(waiting) ?? 0, since });
    }
  }
  return queues.map((queue) => ({ queue, waits: waits.get(queue.id) ?? null }));
}

/** As many ids as one request takes. */
const MOST_METRICS = 50;

/** Refused if somebody else has changed it since it was read. */
export async function saveQueue(before: Queue | null, draft: QueueDraft): Promise<void> {
  const body = bodyOf(draft);
  await (before === null
    ? api.post(PATH, body)
    : api.put(`${PATH}/${before.id}`, { ...changesIn(body, bodyOf(before)), rev: before.rev }));
  namesHaveChanged();
}

function bodyOf(draft: QueueDraft): Readonly<Record<string, unknown>> {
  const { name, priority, weight, acceptance, requeueWhenOffline, schedule, overflow } = draft;
  return { name: name.trim(), priority, weight, acceptance, requeueWhenOffline, schedule, overflow };
}

export async function removeQueue(id: string): Promise<void> {
  await api.remove(`${PATH}/${id}`);
  namesHaveChanged();
}

/** Why a queue stays, in words that say what to do. */
export function problemOfQueue(error: unknown): string {
  return error instanceof Refused && error.code === "queue_in_use" ? words.queueInUse : wordsFor(error);
}

/** Lists and pickers show them by their names. */
function namesHaveChanged(): void {
  loadDirectory().catch(() => undefined);
}

function queueFrom({ id, attributes: json }: Resource): Queue {
  return {
    id,
    name: text(json.name),
    isDefault: json.isDefault === true,
    rev: numberOrNull(json.rev) ?? undefined,
    priority: numberOrNull(json.priority) ?? NEW_QUEUE.priority,
    weight: numberOrNull(json.weight) ?? NEW_QUEUE.weight,
    acceptance: acceptanceFrom(json.acceptance),
    requeueWhenOffline: typeof json.requeueWhenOffline === "boolean" ? json.requeueWhenOffline : null,
    schedule: textOrNull(json.schedule),
    overflow: isJson(json.overflow) ? overflowFrom(json.overflow) : null,
  };
}

export function acceptanceFrom(value: unknown): Acceptance | null {
  return value === "auto" || value === "manual" ? value : null;
}

function overflowFrom(json: Readonly<Record<string, unknown>>): Overflow {
  return {
    toQueue: textOrNull(json.toQueue),
    afterSeconds: numberOrNull(json.afterSeconds),
    overWaiting: numberOrNull(json.overWaiting),
    message: textOrNull(json.message),
    form: json.form === true,
  };
}
