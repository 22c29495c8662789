import { afterEach, expect, it, vi } from "vitest";

import { api } from "./api.ts";

afterEach(() => vi.unstubAllGlobals());

/** Pages of teams, named by their ids, each answered at a later position than the one before. */
function answerPages(...pages: string[][]) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const number = Number(new URL(path, "http://x").searchParams.get("page"));
    const data = (pages[number - 1] ?? []).map((id) => ({ type: "team", id, attributes: {} }));
    return new Response(JSON.stringify({ data, meta: { totalPages: pages.length } }), {
      headers: { "X-Kithdesk-Position": String(40 + number) },
    });
  });
  return asked;
}

it("reads a list to its end, and covers what its first page covers", async () => {
  const asked = answerPages(["a", "b"], ["c"], ["d"]);

  const { data, position } = await api.all("/v1/teams");

  expect(data.map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
  expect(position).toBe(41);
  expect(asked).toEqual([1, 2, 3].map((number) => `/v1/teams?page=${number}&pageSize=100`));
});

it("names once what moved from one page to the next meanwhile", async () => {
  answerPages(["a", "b"], ["b", "c"]);

  const { data } = await api.all("/v1/teams");

  expect(data.map(({ id }) => id)).toEqual(["a", "b", "c"]);
});
