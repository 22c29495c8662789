import { figureWords, HOUR, MINUTE } from "../../app/lengths.ts";
import { percentWords } from "./comparing.ts";
import { words } from "./en.ts";
import type { AgentMeasured, World } from "./simulations.ts";

/** What would have been otherwise, in sentences: what customers notice first, then what agents do. */
export function summaryOf(before: World, after: World): readonly string[] {
  const [was, would] = [before.whole, after.whole];
  const said = [
    waitWords(was.wait, would.wait),
    countWords(words.promises, was.kept.missed, would.kept.missed),
    countWords(words.giveUp, was.gaveUp, would.gaveUp),
    countWords(words.waitOn, was.stillWaiting, would.stillWaiting),
    occupiedWords(before.agents, after.agents),
  ].filter((sentence) => sentence !== null);
  return said.length === 0 ? [words.noDifference] : said;
}

type Waits = World["whole"]["wait"];

function waitWords(was: Waits, would: Waits): string | null {
  const [from, to] = [was.longest ?? 0, would.longest ?? 0];
  if (from === 0 && to > 0) return words.longestNow(figureWords(to));
  if (from > 0 && to === 0) return words.longestGone(figureWords(from));
  const longest = fromToWords(from, to);
  if (longest !== null) return words.longestMoves(to < from, longest);
  const most = fromToWords(was.p90 ?? 0, would.p90 ?? 0);
  return most === null ? null : words.mostMove((would.p90 ?? 0) < (was.p90 ?? 0), most);
}

/** Null for what reads the same. */
function fromToWords(from: number, to: number): string | null {
  if (figureWords(from) === figureWords(to)) return null;
  const [first, second] = [Math.round(from / MINUTE), Math.round(to / MINUTE)];
  const isPlain = Math.min(from, to) >= 2 * MINUTE && Math.max(from, to) < 2 * HOUR && first !== second;
  return isPlain ? words.inMinutes(first, second) : words.fromTo(figureWords(from), figureWords(to));
}

function countWords(
  sentence: (count: string, isOne: boolean, isLess: boolean) => string,
  from: number,
  to: number,
): string | null {
  const many = Math.abs(to - from);
  return many === 0 ? null : sentence(words.counts[many] ?? String(many), many === 1, to < from);
}

function occupiedWords(before: readonly AgentMeasured[], after: readonly AgentMeasured[]): string | null {
  const [from, to] = [percentWords(meanOf(before)), percentWords(meanOf(after))];
  return from === to ? null : words.occupied(from, to);
}

function meanOf(agents: readonly AgentMeasured[]): number | null {
  const known = agents.map(({ occupancy }) => occupancy).filter((share) => share !== null);
  return known.length === 0 ? null : known.reduce((sum, share) => sum + share, 0) / known.length;
}
