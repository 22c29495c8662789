/**
 * What loader (on the host page) and panel (in its frame) say to each other by `postMessage`.
 *
 * The lists are closed: a message of another name, without one of its fields, with one more, or with one of another
 * type is dropped. Who is speaking is checked by each side before it reads: the panel is embedded by a page that may be
 * anybody's, and other programs of that page may speak through either window. The token travels down only; no message
 * up has room for one.
 */

/** Each message by an example of its fields. */
export const DOWN = {
  /** Once, when the frame has loaded. An empty token: nobody yet. */
  start: { token: "", open: true, phone: true, dark: true, lang: "", options: {}, pages: [], notes: {} },
  /** The token changed (request 0), or answers the request of that number. Empty: nobody any more. */
  token: { token: "", request: 0 },
  state: { open: true, phone: true, dark: true },
  page: { page: {} },
  call: { id: 0, name: "", args: {} },
};

export const UP = {
  ready: {},
  /** Asks for a token: the visitor has written, or the server refused the last one. */
  token: { request: 0, refused: true },
  close: {},
  /** With words for it in the panel's language. */
  unread: { total: 0, conversations: {}, label: "" },
  /**
   * To be kept in the page's own storage, since a browser may forbid the frame its own: unsent messages, and whether
   * a conversation is going on, so that the next page load connects by itself. An empty value: forget it.
   */
  note: { name: "", value: "" },
  tell: { event: "", payload: {} },
  /** `value` is a list of one, so that a result may be anything. */
  answer: { id: 0, value: {}, error: "" },
};

type FieldOf<Example> = Example extends string | number | boolean ? Example : object;

/** The field `kithdesk` is the message's name: nobody else's message has it. */
type MessageOf<Shapes> = {
  [Name in keyof Shapes]: { kithdesk: Name } & {
    [Field in keyof Shapes[Name]]: FieldOf<Shapes[Name][Field]>;
  };
}[keyof Shapes];

export type Down = MessageOf<typeof DOWN>;
export type Up = MessageOf<typeof UP>;

/** The message, if it has one of these shapes. */
export function read<Shapes extends object>(shapes: Shapes, data: unknown): MessageOf<Shapes> | null {
  const message = Object(data);
  const name = message.kithdesk as keyof Shapes;
  // Without a prototype, which would have fields of its own.
  const shape: Record<string, unknown> = { __proto__: null, kithdesk: "", ...shapes[name] };
  const fields = Object.keys({ ...shape, ...message });
  // What is null has no type of ours.
  const fits = fields.every((field) => typeof (message[field] ?? undefined) === typeof shape[field]);
  return fits && Object.hasOwn(shapes, name) ? message : null;
}
