import type { Field } from "../objects/types.ts";
import { shownFields } from "../objects/values.ts";
import type { Piece } from "./search.ts";

/** Between the parts of what the server shows of a record, and of what we show. */
const BETWEEN = " · ";

/**
 * What a record's card says, on one line. `found` is the server's piece of it, with values as they are stored: what is
 * marked there is marked here too, and stands before it where no card shows it.
 */
export function cardWords(fields: readonly Field[], found: readonly Piece[], title: string): Piece[] {
  const marks = [...new Set(found.filter(({ isMarked }) => isMarked).map(({ text }) => text))];
  const shown = shownFields(fields)
    .filter(({ field }) => field.value !== title)
    .map(({ field, text }) => ({ label: field.label, pieces: markedIn(text, String(field.value), marks) }));
  const seen = [title, ...fields.map(({ label, value }) => `${label} ${value}`)];
  const elsewhere = marks.filter((mark) => !seen.some((text) => text.includes(mark)));
  const parts = [
    ...partsWith(elsewhere, found),
    ...shown.map(({ label, pieces }): Piece[] => [plain(`${label}: `), ...pieces]),
  ];
  return parts.flatMap((part, index) => (index === 0 ? part : [plain(BETWEEN), ...part]));
}

/** A value that is written otherwise than it is stored is marked whole. */
function markedIn(text: string, stored: string, marks: readonly string[]): Piece[] {
  const hits = marks.filter((mark) => stored.includes(mark));
  if (hits.length === 0) return [plain(text)];
  if (text !== stored) return [{ text, isMarked: true }];
  const pieces: Piece[] = [];
  let reached = 0;
  while (reached < text.length) {
    const [place, mark] = nextOf(hits, text, reached);
    if (place > reached) pieces.push(plain(text.slice(reached, place)));
    if (mark !== "") pieces.push({ text: mark, isMarked: true });
    reached = place + mark.length;
  }
  return pieces;
}

/** Where the next of them begins, the longest first; the end where there is none. */
function nextOf(
  marks: readonly string[],
  text: string,
  from: number,
): readonly [place: number, mark: string] {
  let best: readonly [number, string] = [text.length, ""];
  for (const mark of marks) {
    const place = text.indexOf(mark, from);
    if (place >= 0 && (place < best[0] || (place === best[0] && mark.length > best[1].length)))
      best = [place, mark];
  }
  return best;
}

/** Of what the server shows, the parts that have one of these. */
function partsWith(marks: readonly string[], found: readonly Piece[]): Piece[][] {
  if (marks.length === 0) return [];
  const parts: Piece[][] = [[]];
  for (const { text, isMarked } of found) {
    for (const [index, one] of text.split(BETWEEN).entries()) {
      if (index > 0) parts.push([]);
      if (one !== "") parts.at(-1)?.push({ text: one, isMarked });
    }
  }
  return parts.filter((part) => part.some(({ text, isMarked }) => isMarked && marks.includes(text)));
}

function plain(text: string): Piece {
  return { text, isMarked: false };
}
