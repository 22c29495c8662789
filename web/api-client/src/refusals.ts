import type { Refusal } from "./protocol.gen.ts";

/**
 * What can go wrong when asking the server:
 *
 *     Error
 *     ├── Refused        the server said no, with a code; nothing changed
 *     └── Disconnected   no answer: it may or may not have happened, ask again with the same id
 */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  /** What of the question it is about: a field such as `custom.seatsNum`. */
  readonly parameter: string | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;
  /** What one can go on with, by code. */
  readonly meta: Readonly<Record<string, unknown>>;

  constructor(refusal: Refusal) {
    super(refusal.title);
    this.name = "Refused";
    this.status = refusal.status;
    this.code = refusal.code;
    this.title = refusal.title;
    this.detail = refusal.detail;
    this.parameter = refusal.source?.parameter;
    this.retryAfter = refusal.retryAfter;
    this.meta = refusal.meta ?? {};
  }
}

export class Disconnected extends Error {
  constructor(message = "No answer from the server") {
    super(message);
    this.name = "Disconnected";
  }
}

/**
 * Sending the same again later can succeed: too many at once, the server sheds load, or a proxy stood in its way. A 500
 * is none of these: what was sent may be the very thing that breaks the server, and must not be sent for ever.
 */
export function isTemporary({ status }: Pick<Refusal, "status">): boolean {
  return [408, 429, 502, 503, 504].includes(status);
}

/** A plain no to this question of this asker. Whatever else was in the way has nothing to do with it, and passes. */
export function isFinal({ status }: Pick<Refusal, "status">): boolean {
  return status < 500 && ![401, 408, 429].includes(status);
}

/** A refusal as data, to store or to pass on. */
export function plain({ status, code, title, detail, retryAfter }: Refused): Refusal {
  return {
    status,
    code,
    title,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}
