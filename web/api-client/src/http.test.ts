import { expect, test } from "vitest";
import { Http } from "./http.ts";
import { Disconnected, type Refused } from "./refusals.ts";

const answering = (response: () => Response | Promise<Response>, token: string | null = null) => {
  const requests: { url: string; init: RequestInit }[] = [];
  const http = new Http({
    base: "https://desk.test",
    token: () => token,
    fetch: (url, init) => {
      requests.push({ url: String(url), init: init ?? {} });
      return Promise.resolve(response());
    },
  });
  return { http, requests };
};

test("an answer comes with the position that it covers", async () => {
  const { http } = answering(() => Response.json({ data: [] }, { headers: { "X-Kithdesk-Position": "41" } }));

  expect(await http.get("/c/v1/chat/sessions")).toEqual({ status: 200, body: { data: [] }, position: 41 });
});

test("the token is a header, and without one there is none", async () => {
  const signedIn = answering(() => Response.json({}), "T");
  const nobody = answering(() => Response.json({}));

  await signedIn.http.get("/a");
  await nobody.http.get("/a");

  expect(signedIn.requests[0]?.init.headers).toEqual({ Authorization: "Bearer T" });
  expect(nobody.requests[0]?.init.headers).toEqual({});
});

test("a refusal is a typed error with the server's code and delay", async () => {
  const body = { errors: [{ status: 429, code: "ratelimited", title: "Too many requests" }] };
  const { http } = answering(() => Response.json(body, { status: 429, headers: { "Retry-After": "12" } }));

  const error = (await http.get("/a").catch((refused: Refused) => refused)) as Refused;

  expect([error.name, error.status, error.code, error.retryAfter]).toEqual([
    "Refused",
    429,
    "ratelimited",
    12,
  ]);
});

test("a proxy's page is a refusal with its status and nothing invented", async () => {
  const { http } = answering(() => new Response("<h1>Bad gateway</h1>", { status: 502 }));

  const error = (await http.get("/a").catch((refused: Refused) => refused)) as Refused;

  expect([error.status, error.code]).toEqual([502, "unknown"]);
});

test("no answer, and an answer cut off, leave the outcome unknown", async () => {
  const away = answering(() => Promise.reject(new TypeError("Failed to fetch")));
  const cut = answering(() => new Response('{"data":', { status: 200 }));

  await expect(away.http.get("/a")).rejects.toBeInstanceOf(Disconnected);
  await expect(cut.http.get("/a")).rejects.toBeInstanceOf(Disconnected);
});

test("an empty answer is null", async () => {
  const { http } = answering(() => new Response(null, { status: 204 }));

  expect((await http.ask("/a", { method: "DELETE" })).body).toBeNull();
});
