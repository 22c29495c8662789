import { useEffect, useRef, useState } from "react";

import { api } from "../api/api.ts";
import { isNotFound } from "../api/errors.ts";
import { exactWords, SECOND } from "../app/lengths.ts";
import { isJson, list, numberOrNull, type Resource, text, textOrNull } from "../desk/reading.ts";
import { words } from "./en.ts";
import { METRICS, type Metric } from "./sla.ts";

/** Said of one place: what waits now comes first, and more than this nobody reads while choosing. */
const MOST = 2;

/** So many places are asked about at once, when those that are shown have stayed the same for a moment. */
const AT_ONCE = 50;
const PAUSE_MS = 100;

export interface Handoffs {
  /** What other promises there would be, by the id of the queue, the team or the agent. */
  readonly words: ReadonlyMap<string, string>;
  /** Some could not be looked at: that nothing is said of a place says nothing. */
  readonly isCut: boolean;
}

const NOTHING: Handoffs = { words: new Map(), isCut: false };

/**
 * What other promises there would be with the places that are shown: their ids, with commas. Of those with which there
 * would be none, and while it is asked for, nothing is said.
 */
export function useHandoffs(conversation: string, shown: string): Handoffs {
  const [known, setKnown] = useState(NOTHING);
  const asked = useRef(new Set<string>());
  useEffect(() => {
    const timer = setTimeout(() => {
      const fresh = shown.split(",").filter((id) => id !== "" && !asked.current.has(id));
      for (const id of fresh) asked.current.add(id);
      for (let from = 0; from < fresh.length; from += AT_ONCE)
        void readHandoffs(conversation, fresh.slice(from, from + AT_ONCE)).then((found) =>
          setKnown((before) => ({
            words: new Map([...before.words, ...found.words]),
            isCut: before.isCut || found.isCut,
          })),
        );
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [conversation, shown]);
  return known;
}

async function readHandoffs(conversation: string, places: readonly string[]): Promise<Handoffs> {
  const path = `/v1/conversations/${conversation}/slas/handoffs`;
  try {
    const { data, meta } = await api.list(`${path}?places=${places.join(",")}&pageSize=${AT_ONCE}`);
    return { words: new Map(data.map((one) => [one.id, handoffWords(one)])), isCut: meta.isCut === true };
  } catch (error) {
    return { ...NOTHING, isCut: !isNotFound(error) };
  }
}

export function handoffWords({ attributes: json }: Resource): string {
  if (json.mayChange === true) return words.mayChange;
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
