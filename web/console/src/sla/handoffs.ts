import { useEffect, useState } from "react";

import { api } from "../api/api.ts";
import { exactWords, SECOND } from "../app/lengths.ts";
import { isJson, list, numberOrNull, type Resource, text, textOrNull } from "../desk/reading.ts";
import { words } from "./en.ts";
import { METRICS, type Metric } from "./sla.ts";

/** Said of one place: what waits now comes first, and more than this nobody reads while choosing. */
const MOST = 2;

export type Handoffs = ReadonlyMap<string, string>;

const NONE: Handoffs = new Map();

/**
 * What other promises there would be with a queue, a team or an agent, by the id of it, in words. Only those with which
 * there would be any; while it is asked for, or without an answer, nothing is said.
 */
export function useHandoffs(conversation: string): Handoffs {
  const [known, setKnown] = useState(NONE);
  useEffect(() => {
    let isOver = false;
    api.all(`/v1/conversations/${conversation}/slas/handoffs`).then(
      ({ data }) => {
        if (!isOver) setKnown(new Map(data.map((one) => [one.id, handoffWords(one)])));
      },
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [conversation]);
  return known;
}

export function handoffWords({ attributes: json }: Resource): string {
  const promises = list(json.promises).filter(isJson);
  const waiting = promises.filter(({ dueAt, dueAtBefore }) => dueAt !== null || dueAtBefore !== null);
  const said = [...new Set([...waiting, ...promises])].slice(0, MOST).map(promiseWords);
  if (said.length > 0) return said.join(" · ");
  const [sla, before] = [textOrNull(json.sla), textOrNull(json.slaBefore)];
  if (sla === null) return words.promisedNoMore;
  return before === null ? words.promised(sla) : words.promisedInstead(sla, before);
}

function promiseWords(json: Readonly<Record<string, unknown>>): string {
  const [now, before] = [lengthWords(json.seconds), lengthWords(json.secondsBefore)];
  const metric = metricFrom(json.metric);
  if (metric === null) return "";
  return now === null
    ? words.noPromise(words.metrics[metric] ?? metric)
    : words.foretold[metric](now) + (before === null ? "" : words.insteadOf(before));
}

function lengthWords(seconds: unknown): string | null {
  const known = numberOrNull(seconds);
  return known === null ? null : exactWords(known * SECOND);
}

function metricFrom(value: unknown): Metric | null {
  return METRICS.find((metric) => metric === text(value)) ?? null;
}
