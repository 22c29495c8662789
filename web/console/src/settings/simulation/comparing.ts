import { figureWords, HOUR, MINUTE, SECOND } from "../../app/lengths.ts";
import { words } from "./en.ts";
import type { Measured } from "./simulations.ts";

export type Cell = string | undefined;

export interface Measure {
  readonly label: string;
  readonly of: (one: Measured) => number | null;
  readonly shown: (value: number | null) => string;
  /** As exactly as it is shown. */
  readonly rounded: (value: number) => number;
  /** Which of two is better; null: neither. */
  readonly better: "less" | "more" | null;
}

export const MEASURES: readonly Measure[] = [
  { label: words.arrivals, of: ({ arrivals }) => arrivals, shown: countWords, rounded: asIs, better: null },
  { label: words.served, of: ({ served }) => served, shown: countWords, rounded: asIs, better: "more" },
  { label: words.gaveUp, of: ({ gaveUp }) => gaveUp, shown: countWords, rounded: asIs, better: "less" },
  {
    label: words.still,
    of: ({ stillWaiting }) => stillWaiting,
    shown: countWords,
    rounded: asIs,
    better: "less",
  },
  {
    label: words.p50,
    of: ({ wait }) => wait.p50,
    shown: durationWords,
    rounded: roundedLength,
    better: "less",
  },
  {
    label: words.p90,
    of: ({ wait }) => wait.p90,
    shown: durationWords,
    rounded: roundedLength,
    better: "less",
  },
  {
    label: words.longest,
    of: ({ wait }) => wait.longest,
    shown: durationWords,
    rounded: roundedLength,
    better: "less",
  },
  { label: words.kept, of: keptOf, shown: percentWords, rounded: roundedShare, better: "more" },
];

export function keptOf({ kept: { met, missed } }: Measured): number | null {
  return met + missed === 0 ? null : met / (met + missed);
}

export interface Difference {
  readonly text: string;
  readonly isBetter: boolean | null;
}

export function differenceOf(
  { of, shown, rounded, better }: Measure,
  before: Measured,
  after: Measured,
): Difference {
  const [was, would] = [of(before), of(after)];
  if (was === null || would === null) return { text: words.none, isBetter: null };
  // Of what is read: from 10 s to 5 s are 5 s.
  const change = rounded(would) - rounded(was);
  const text = change === 0 ? words.none : `${change > 0 ? "+" : "−"}${shown(Math.abs(change))}`;
  return { text, isBetter: change === 0 || better === null ? null : change < 0 === (better === "less") };
}

function asIs(value: number): number {
  return value;
}

function roundedShare(value: number): number {
  return Math.round(value * 100) / 100;
}

/** To the second, and from an hour on to the minute that is full. */
function roundedLength(milliseconds: number): number {
  const length = Math.round(milliseconds / SECOND) * SECOND;
  return length < HOUR ? length : length - (length % MINUTE);
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
