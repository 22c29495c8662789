/**
 * What loader (on the host page) and panel (in its frame) say to each other by `postMessage`.
 *
 * The lists are closed: a message of another name, with another field or a field of another type is dropped. The
 * token travels down only; no message up has room for one. Who is speaking is checked by each side before it reads.
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

const SHAPES_UP = {
  ready: {},
  /** Asks for a token: the visitor has written, or the server refused the last one. */
  token: { request: "n", refused: "b" },
  close: {},
  /** With words for it in the panel's language. */
  unread: { total: "n", conversations: "o", label: "s" },
  /**
   * To be kept in the page's own storage, since a browser may forbid the frame its own: unsent messages, and whether
   * a conversation is going on, so that the next page load connects by itself. An empty value: forget it.
   */
  note: { name: "s", value: "s" },
  tell: { event: "s", payload: "o" },
  /** `value` is a list of one, so that a result may be anything. */
  answer: { id: "n", value: "o", error: "s" },
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
export type Up = MessageOf<typeof SHAPES_UP>;

export const readDown = (data: unknown): Down | null => read<Down>(SHAPES_DOWN, data);
export const readUp = (data: unknown): Up | null => read<Up>(SHAPES_UP, data);

export function send(target: Window, origin: string, message: Down | Up): void {
  target.postMessage({ kithdesk: 1, ...message }, origin);
}

function read<Message>(shapes: Shapes, data: unknown): Message | null {
  if (typeof data !== "object" || data === null) return null;
  const { kithdesk, type, ...fields } = data as Record<string, unknown>;
  if (kithdesk !== 1 || !Object.hasOwn(shapes, type as string)) return null;
  const shape = shapes[type as string] ?? {};
  const names = Object.keys(shape);
  const fits = names.every((name) => fields[name] !== null && (typeof fields[name])[0] === shape[name]);
  return fits && Object.keys(fields).length === names.length ? (data as Message) : null;
}
