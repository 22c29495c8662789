import { Http, type HttpRequest, Refused } from "@kithdesk/api-client";

import type { Resource } from "../desk/reading.ts";
import { fetchByClock } from "./clock.ts";

/** One answer of the API: the resource or the list, and the journal position it covers. */
export interface Answer<Data> {
  readonly data: Data;
  readonly meta: Readonly<Record<string, unknown>>;
  /** What was asked for along with it. */
  readonly included: readonly Resource[];
  readonly position: number;
}

interface Envelope<Data> {
  readonly data: Data;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly included?: readonly Resource[];
}

/** The most that every list allows. */
const PAGE_SIZE = 100;

const http = new Http({ fetch: fetchByClock });
let whenSignedOut: () => void = () => undefined;

/** Called when the server no longer knows this browser's session, whatever was being asked. */
export function onSignedOut(listener: () => void): void {
  whenSignedOut = listener;
}

export const api = {
  get: <Data = Resource>(path: string, request?: HttpRequest) => ask<Data>("GET", path, undefined, request),
  list: (path: string, request?: HttpRequest) => ask<readonly Resource[]>("GET", path, undefined, request),
  all: askForAll,
  post: <Data = Resource>(path: string, body: unknown, request?: HttpRequest) =>
    ask<Data>("POST", path, body, request),
  put: <Data = Resource>(path: string, body: unknown, request?: HttpRequest) =>
    ask<Data>("PUT", path, body, request),
  patch: <Data = Resource>(path: string, body: unknown, request?: HttpRequest) =>
    ask<Data>("PATCH", path, body, request),
  remove: (path: string, body?: unknown, request?: HttpRequest) => ask<null>("DELETE", path, body, request),
};

/** A whole list, page by page; `path` has no query. As with one page, the position is that of the first. */
async function askForAll(path: string): Promise<Answer<readonly Resource[]>> {
  const page = (number: number) => api.list(`${path}?page=${number}&pageSize=${PAGE_SIZE}`);
  const first = await page(1);
  const all = new Map(first.data.map((resource) => [resource.id, resource]));
  for (let number = 2; number <= Number(first.meta.totalPages ?? 1); number += 1) {
    // Something new moves the rest along: what was the last of one page may be the first of the next too.
    for (const resource of (await page(number)).data) all.set(resource.id, resource);
  }
  return { ...first, data: [...all.values()] };
}

async function ask<Data>(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body: unknown,
  request: HttpRequest = {},
): Promise<Answer<Data>> {
  try {
    const answer = await http.ask<Envelope<Data> | null>(path, {
      ...request,
      method,
      ...(body === undefined ? {} : { body }),
    });
    return {
      data: answer.body?.data as Data,
      meta: answer.body?.meta ?? {},
      included: answer.body?.included ?? [],
      position: answer.position ?? 0,
    };
  } catch (error) {
    if (error instanceof Refused && error.status === 401 && !path.startsWith("/v1/auth/")) whenSignedOut();
    throw error;
  }
}
