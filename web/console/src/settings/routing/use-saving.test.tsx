import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";

import { type ApiServer, refusal, resource } from "../../api/testing.ts";
import { list, QUEUE, routingServer, rules, shown, teamSettings } from "./testing.tsx";

let server: ApiServer;

beforeEach(() => {
  server = routingServer();
});

interface Case {
  readonly what: string;
  readonly path: readonly string[];
  readonly put: string;
  readonly label: string;
  readonly attribute: string;
  /** What the server has. */
  readonly has: (attributes: object) => void;
}

const CASES: readonly Case[] = [
  {
    what: "queue",
    path: ["queues", "q1"],
    put: "PUT /v1/routing/queues/q1",
    label: "Priority",
    attribute: "priority",
    has: (attributes) => list(server, "routing/queues", "queue", { q1: { ...QUEUE, ...attributes } }),
  },
  {
    what: "rule",
    path: ["rules", "r1"],
    put: "PUT /v1/routing/queue-rules/r1",
    label: "Priority",
    attribute: "priority",
    has: (attributes) => rules(server, ["r1", { name: "Repairs", ...attributes }]),
  },
  {
    what: "team's settings",
    path: ["teams", "t1"],
    put: "PUT /v1/routing/settings?team=t1",
    label: "At once",
    attribute: "capacityPerAgent",
    has: (attributes) => teamSettings(server, attributes),
  },
];

it.each(CASES)("saves nothing of a $what over what a colleague has changed meanwhile", async (one) => {
  const field = () => screen.findByLabelText<HTMLInputElement>(one.label);
  one.has({ [one.attribute]: 2, rev: 3 });
  server.on(one.put, refusal(409, "conflict"));
  shown(...one.path);
  await userEvent.type(await field(), "0");

  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText(/somebody else has changed this/);
  expect(server.bodies(one.put)).toEqual([{ [one.attribute]: 20, rev: 3 }]);
  expect((await field()).value).toBe("20");

  one.has({ [one.attribute]: 5, rev: 4 });
  server.on(one.put, resource("x", "x", {}));
  await userEvent.click(screen.getByRole("button", { name: "Load it anew" }));
  await waitFor(async () => expect((await field()).value).toBe("5"));
  expect(screen.queryByRole("button", { name: "Load it anew" })).toBeNull();

  await userEvent.type(await field(), "0");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(server.bodies(one.put)).toHaveLength(2));
  expect(server.bodies(one.put)[1]).toEqual({ [one.attribute]: 50, rev: 4 });
});
