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
  /** Seconds. */
  readonly retryAfter: number | undefined;

  constructor(refusal: Refusal) {
    super(refusal.title);
    this.name = "Refused";
    this.status = refusal.status;
    this.code = refusal.code;
    this.title = refusal.title;
    this.detail = refusal.detail;
    this.retryAfter = refusal.retryAfter;
  }
}

export class Disconnected extends Error {
  constructor(message = "No answer from the server") {
    super(message);
    this.name = "Disconnected";
  }
}

/** Asking again later can succeed: too many at once, the server sheds load, or a proxy stood in its way. */
export function isTemporary(refusal: Pick<Refusal, "status">): boolean {
  return [408, 429, 502, 503, 504].includes(refusal.status);
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
