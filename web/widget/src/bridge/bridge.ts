/**
 * What loader (on the host page) and panel (in its frame) say to each other by `postMessage`.
 *
 * The lists are closed. Who is speaking is checked by each side before it reads. The panel reads a page that may be
 * anybody's: a message of another name, with another field or a field of another type is dropped. The loader hears its
 * own frame on our own origin and nobody else. The token travels down only; no message up has room for one.
 */

/** Fields by the first letter of their type: string, number, boolean, object. */
const SHAPES_DOWN = {
  /** Once, when the frame has loaded. An empty token: nobody yet. */
  start: { token: "s", open: "b", phone: "b", dark: "b", lang: "s", options: "o", context: "o", notes: "o" },
  /** The token changed (request 0), or answers the request of that number. Empty: nobody any more. */
  token: { token: "s", request: "n" },
  shown: { open: "b", phone: "b" },
  theme: { dark: "b" },
  page: { page: "o" },
  call: { id: "n", name: "s", args: "o" },
} as const;

interface Types {
  s: string;
  n: number;
  b: boolean;
  o: object;
}

type Shapes = Record<string, Record<string, keyof Types>>;

type MessageOf<S extends Shapes> = {
  [Name in keyof S]: { type: Name } & { -readonly [Field in keyof S[Name]]: Types[S[Name][Field]] };
}[keyof S];

export type Down = MessageOf<typeof SHAPES_DOWN>;
export type Up =
  | { type: "ready" }
  /** Asks for a token: the visitor has written, or the server refused the last one. */
  | { type: "token"; request: number; refused: boolean }
  | { type: "close" }
  /** With words for it in the panel's language. */
  | { type: "unread"; total: number; conversations: object; label: string }
  /**
   * To be kept in the page's own storage, since a browser may forbid the frame its own: unsent messages, and whether
   * a conversation is going on, so that the next page load connects by itself. An empty value: forget it.
   */
  | { type: "note"; name: string; value: string }
  | { type: "tell"; event: string; payload: object }
  /** `value` is a list of one, so that a result may be anything. */
  | { type: "answer"; id: number; value: object; error: string };

export function send(target: Window, origin: string, message: Down | Up): void {
  target.postMessage({ kithdesk: 1, ...message }, origin);
}

export function readDown(data: unknown): Down | null {
  const { kithdesk, type, ...fields } = Object(data) as Record<string, unknown>;
  if (kithdesk !== 1 || !Object.hasOwn(SHAPES_DOWN, type as string)) return null;
  const shape = (SHAPES_DOWN as Shapes)[type as string] ?? {};
  const given = Object.keys(fields);
  const fits = given.every((name) => fields[name] !== null && (typeof fields[name])[0] === shape[name]);
  return fits && given.length === Object.keys(shape).length ? (data as Down) : null;
}
