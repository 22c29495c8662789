import { vi } from "vitest";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly keepalive: boolean;
}

type Answer = readonly [status: number, body?: unknown, position?: number];

/** The API's other end: answers what the test says, 404 to the rest, and remembers what was asked. */
export class ApiServer {
  readonly asked: Asked[] = [];
  /** Nobody answers at all. */
  isAway = false;
  readonly #answers = new Map<string, (asked: Asked) => Answer | Promise<Answer>>();

  constructor() {
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => this.#fetch(path, init));
  }

  on(what: string, answer: Answer | ((asked: Asked) => Answer | Promise<Answer>)): void {
    this.#answers.set(what, typeof answer === "function" ? answer : () => answer);
  }

  /** Answers once the returned function is called. */
  late(what: string): (answer: Answer) => void {
    let answer = (_: Answer): void => undefined;
    const promise = new Promise<Answer>((resolve) => {
      answer = resolve;
    });
    this.on(what, () => promise);
    return answer;
  }

  /** Bodies that came with this method and path, in order. */
  bodies(what: string): unknown[] {
    return this.asked.filter(({ method, path }) => `${method} ${path}` === what).map(({ body }) => body);
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const method = init.method ?? "GET";
    const body: unknown = init.body === undefined ? undefined : JSON.parse(String(init.body));
    const asked = { method, path, body, keepalive: init.keepalive === true };
    this.asked.push(asked);
    if (this.isAway) throw new TypeError("Failed to fetch");
    const [status, answer, position] =
      (await this.#answers.get(`${method} ${path}`)?.(asked)) ?? refusal(404, "notfound");
    const headers: HeadersInit = position === undefined ? {} : { "X-Kithdesk-Position": String(position) };
    return new Response(status === 204 ? null : JSON.stringify(answer), { status, headers });
  }
}

export function refusal(status: number, code = "x"): Answer {
  return [status, { errors: [{ status, code, title: code }] }];
}

export function resource(type: string, id: string, attributes: object): Answer {
  return [200, { data: { type, id, attributes } }];
}
