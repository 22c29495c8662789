import { api } from "../api/api.ts";
import { isJson, list, numberOrNull, type Resource, text, textOrNull } from "../desk/reading.ts";
import type { SearchKind } from "../navigation/route.ts";
import { loadKlasses } from "../objects/klasses.ts";
import { fieldsFrom } from "../objects/reading.ts";
import { cardWords } from "./card-words.ts";
import { words } from "./en.ts";

export type HitKind = Exclude<SearchKind, "all">;

/** Something found: what it is, the place in it, and whose it is. */
export interface Hit {
  readonly id: string;
  readonly kind: HitKind;
  readonly title: string;
  readonly titlePieces: readonly Piece[];
  readonly snippet: readonly Piece[];
  readonly at: string | null;
  readonly customer: { readonly id: string; readonly displayName: string } | null;
  readonly conversation: string | null;
  /** Of an object: which kind of object. */
  readonly klass: string | null;
  /** Only the customer says so of themselves. */
  readonly isClaim: boolean;
}

/** A part of a snippet; what was looked for is marked. */
export interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
}

export interface Found {
  readonly hits: readonly Hit[];
  readonly total: number;
  /** There are more than are counted. */
  readonly isCapped: boolean;
}

export interface Asked {
  readonly query: string;
  readonly customer: string | null;
  readonly kind: SearchKind;
  readonly page: number;
  readonly pageSize: number;
}

const KINDS: readonly HitKind[] = ["customer", "company", "conversation", "message", "note", "kobject"];

export async function searchFor(
  { query, customer, kind, page, pageSize }: Asked,
  signal: AbortSignal,
): Promise<Found> {
  const asked = new URLSearchParams({ q: query, page: String(page), pageSize: String(pageSize) });
  if (kind !== "all") asked.set("types", kind);
  if (customer !== null) asked.set("customer", customer);
  const { data, meta } = await api.list(`/v1/search?${asked}`, { signal });
  const hits = data.map(hitFrom);
  // What kinds of records are called, and their icons: they may come later.
  if (hits.some(({ klass }) => klass !== null)) loadKlasses().catch(() => undefined);
  return { hits, total: numberOrNull(meta.total) ?? hits.length, isCapped: meta.isCapped === true };
}

export function hitFrom({ id, attributes: json }: Resource): Hit {
  const title = text(json.title);
  const kind = KINDS.find((one) => one === json.kind) ?? "conversation";
  const customer = isJson(json.customer) ? json.customer : null;
  return {
    id,
    kind,
    title,
    titlePieces: piecesOf(title, list(json.titleHighlights)),
    snippet: snippetOf(kind, json),
    at: textOrNull(json.at),
    customer: customer === null ? null : { id: text(customer.id), displayName: text(customer.displayName) },
    conversation: textOrNull(json.conversation),
    klass: textOrNull(json.klass),
    isClaim: json.isClaim === true,
  };
}

/** Records say what their cards say, and companies how many customers are of them. */
function snippetOf(kind: HitKind, json: Resource["attributes"]): Piece[] {
  const found = piecesOf(text(json.snippet), list(json.highlights));
  if (kind === "kobject") {
    const fields = fieldsFrom(json.fields);
    return fields.length === 0 ? found : cardWords(fields, found, text(json.title));
  }
  const members = kind === "company" ? numberOrNull(json.customers) : null;
  if (members === null) return found;
  const said = { text: words.customers(members), isMarked: false };
  return found.length === 0 ? [said] : [...found, { text: " · ", isMarked: false }, said];
}

/** Cut at the offsets, which count as strings do here. Odd offsets mark nothing. */
export function piecesOf(written: string, highlights: readonly unknown[]): Piece[] {
  const pieces: Piece[] = [];
  let reached = 0;
  const add = (from: number, to: number, isMarked: boolean) => {
    if (to > from) pieces.push({ text: written.slice(from, to), isMarked });
  };
  for (const highlight of highlights) {
    const [from, to] = Array.isArray(highlight) ? highlight.map(numberOrNull) : [];
    if (from == null || to == null || from < reached || to <= from || to > written.length) continue;
    add(reached, from, false);
    add(from, to, true);
    reached = to;
  }
  add(reached, written.length, false);
  return pieces;
}
