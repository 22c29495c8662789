import { figureWords } from "../../app/lengths.ts";
import { words } from "./en.ts";
import type { Measured } from "./simulations.ts";

export type Cell = string | undefined;

export interface Measure {
  readonly label: string;
  readonly of: (one: Measured) => number | null;
  readonly shown: (value: number | null) => string;
  /** Which of two is better; null: neither. */
  readonly better: "less" | "more" | null;
}

export const MEASURES: readonly Measure[] = [
  { label: words.arrivals, of: ({ arrivals }) => arrivals, shown: countWords, better: null },
  { label: words.served, of: ({ served }) => served, shown: countWords, better: "more" },
  { label: words.gaveUp, of: ({ gaveUp }) => gaveUp, shown: countWords, better: "less" },
  { label: words.still, of: ({ stillWaiting }) => stillWaiting, shown: countWords, better: "less" },
  { label: words.p50, of: ({ wait }) => wait.p50, shown: durationWords, better: "less" },
  { label: words.p90, of: ({ wait }) => wait.p90, shown: durationWords, better: "less" },
  { label: words.longest, of: ({ wait }) => wait.longest, shown: durationWords, better: "less" },
  { label: words.kept, of: keptOf, shown: percentWords, better: "more" },
];

export function keptOf({ kept: { met, missed } }: Measured): number | null {
  return met + missed === 0 ? null : met / (met + missed);
}

export interface Difference {
  readonly text: string;
  readonly isBetter: boolean | null;
}

export function differenceOf({ of, shown, better }: Measure, before: Measured, after: Measured): Difference {
  const [was, would] = [of(before), of(after)];
  if (was === null || would === null) return { text: words.none, isBetter: null };
  // What reads the same is the same.
  const change = shown(was) === shown(would) ? 0 : would - was;
  const text = change === 0 ? words.none : `${change > 0 ? "+" : "−"}${shown(Math.abs(change))}`;
  return { text, isBetter: change === 0 || better === null ? null : change < 0 === (better === "less") };
}

function countWords(value: number | null): string {
  return value === null ? words.none : String(value);
}

export function percentWords(value: number | null): string {
  return value === null ? words.none : `${Math.round(value * 100)}\u00a0%`;
}

/** `1:05 h`, `4:30 min`, `12 s`. */
export function durationWords(milliseconds: number | null): string {
  return milliseconds === null ? words.none : figureWords(milliseconds);
}
