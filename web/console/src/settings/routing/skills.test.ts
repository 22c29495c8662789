import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../../api/testing.ts";
import { setLevel } from "./skills.ts";

const AT = "/v1/routing/users/u1/skills";

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
});
afterEach(() => vi.unstubAllGlobals());

it("keeps what another administrator set in the same moment", async () => {
  const read = [
    { skills: { repairs: 2 }, rev: 4 },
    { skills: { repairs: 2, tents: 5 }, rev: 5 },
  ];
  server.on(`GET ${AT}`, () => resource("user_skills", "u1", read.shift() ?? {}));
  server.on(`PUT ${AT}`, ({ body }) =>
    (body as { rev: number }).rev === 5 ? resource("user_skills", "u1", {}) : refusal(409, "conflict"),
  );

  await setLevel("u1", "lang:de", 3);

  expect(server.bodies(`PUT ${AT}`)).toEqual([
    { skills: { repairs: 2, "lang:de": 3 }, rev: 4 },
    { skills: { repairs: 2, tents: 5, "lang:de": 3 }, rev: 5 },
  ]);
});

it("gives up where it is always too late, and says so", async () => {
  server.on(`GET ${AT}`, resource("user_skills", "u1", { skills: {}, rev: 1 }));
  server.on(`PUT ${AT}`, refusal(409, "conflict"));

  await expect(setLevel("u1", "repairs", 3)).rejects.toThrow();

  expect(server.bodies(`PUT ${AT}`)).toHaveLength(3);
});
