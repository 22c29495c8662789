import type { Refusal } from "./protocol.gen.ts";
import { Disconnected, Refused } from "./refusals.ts";
import { wellFormed } from "./wellFormed.ts";

export interface HttpOptions {
  /** Origin of the server, empty for the page's own. */
  base?: string;
  /** Sent as `Authorization: Bearer`; asked for on every request. Null sends none. */
  token?: () => string | null | undefined;
  credentials?: RequestCredentials;
  fetch?: typeof fetch;
  /** Milliseconds. */
  timeout?: number;
}

export interface HttpRequest {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  keepalive?: boolean;
}

export interface Answer<T> {
  status: number;
  body: T;
  /** The journal position that this answer covers, where the server states one. */
  position: number | undefined;
}

/** JSON over HTTP. A refusal becomes `Refused`, no answer becomes `Disconnected`. */
export class Http {
  readonly #options: HttpOptions;

  constructor(options: HttpOptions = {}) {
    this.#options = options;
  }

  async get<T>(path: string, request: HttpRequest = {}): Promise<Answer<T>> {
    return this.ask<T>(path, { ...request, method: "GET" });
  }

  async ask<T>(path: string, request: HttpRequest = {}): Promise<Answer<T>> {
    const response = await this.#fetch(path, request);
    const body = await readJson(response);
    if (!response.ok) throw new Refused(refusalOf(response, body));
    return { status: response.status, body: body as T, position: positionOf(response) };
  }

  async #fetch(path: string, request: HttpRequest): Promise<Response> {
    const { base = "", fetch: ask = fetch, credentials = "same-origin", timeout = 30_000 } = this.#options;
    const limit = AbortSignal.timeout(timeout);
    try {
      return await ask(base + path, {
        method: request.method ?? "GET",
        headers: this.#headers(request),
        credentials,
        referrerPolicy: "no-referrer",
        signal: request.signal ? AbortSignal.any([request.signal, limit]) : limit,
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body, wellFormed) }),
        ...(request.keepalive ? { keepalive: true } : {}),
      });
    } catch (error) {
      if (request.signal?.aborted) throw error;
      throw new Disconnected();
    }
  }

  #headers(request: HttpRequest): Record<string, string> {
    const headers: Record<string, string> = { ...request.headers };
    if (request.body !== undefined) headers["Content-Type"] = "application/json";
    const token = this.#options.token?.();
    if (token && !headers.Authorization) headers.Authorization = `Bearer ${token}`;
    return headers;
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === "" ? null : JSON.parse(text);
  } catch {
    if (response.ok) throw new Disconnected("The answer was cut off");
    return null;
  }
}

function positionOf(response: Response): number | undefined {
  const position = response.headers.get("X-Kithdesk-Position");
  return position === null ? undefined : Number(position);
}

/** Also for answers that are not ours: a proxy's error page has a status and nothing else. */
export function refusalOf(response: Pick<Response, "status" | "headers">, body: unknown): Refusal {
  const first = (body as { errors?: Partial<Refusal>[] } | null)?.errors?.[0] ?? {};
  const header = response.headers.get("Retry-After");
  const retryAfter = first.retryAfter ?? (header === null ? Number.NaN : Number(header));
  return {
    status: first.status ?? response.status,
    code: first.code ?? "unknown",
    title: first.title ?? `The server answered ${response.status}`,
    ...(first.detail === undefined ? {} : { detail: first.detail }),
    ...(Number.isFinite(retryAfter) ? { retryAfter } : {}),
    ...(first.meta === undefined ? {} : { meta: first.meta }),
    ...(first.source === undefined ? {} : { source: first.source }),
  };
}
