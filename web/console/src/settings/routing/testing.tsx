import { render } from "@testing-library/react";

import { ApiServer, resource } from "../../api/testing.ts";
import { RoutingSettings } from "./RoutingSettings.tsx";

/* An organisation as the routing pages find it: two queues, a team that serves one of them, a skill, two agents. */

export const QUEUE = {
  name: "Orders",
  key: "orders",
  isDefault: false,
  priority: 20,
  weight: 1,
  acceptance: null,
  requeueWhenOffline: null,
  schedule: null,
  overflow: null,
};
const HOLDS = {
  capacityPerAgent: 4,
  channelWeights: {},
  capacityByPriority: {},
  pauseLowerPriority: false,
  acceptance: "auto",
  acceptTimeoutSeconds: 30,
  wrapUpSeconds: 0,
  requeueWhenOffline: true,
  unassignWhenReopenedAway: true,
  lastAgentFirstSeconds: 31_536_000,
  lastAgentHoldSeconds: 0,
  languageHoldSeconds: 120,
  transfers: { toQueues: "any", toTeams: "any", toAgents: "any" },
  unavailableReasons: [],
};
const ALL_TERMS = Object.keys(HOLDS);
const PAGE = "?page=1&pageSize=100";
const NOBODY_HERE = { here: 0, available: 0, elsewhere: 0 };

export function routingServer(): ApiServer {
  const server = new ApiServer();
  list(server, "routing/queues", "queue", {
    q0: { ...QUEUE, name: "Default queue", isDefault: true },
    q1: QUEUE,
  });
  list(server, "schedules", "schedule", {});
  list(server, "teams", "team", { t1: { name: "Order desk", members: ["u1"] } });
  list(server, "routing/skills", "skill", { s1: { key: "repairs", name: "Repairs" } });
  list(server, "routing/statuses", "user_status", {
    u1: { displayName: "Ana" },
    u2: { displayName: "Ben" },
  });
  members(server);
  for (const owner of ["customer", "conversation"]) list(server, `attributes/${owner}`, "attribute", {});
  list(server, "chat/queues/metrics/q0,q1", "queue_metrics", {
    q0: { waiting: 3, longestWait: 300_000 },
    q1: { waiting: 0, longestWait: null },
  });
  served(server, {
    q0: [crew(null, "", { members: 1, here: 1, available: 1 })],
    q1: [crew("t1", "Order desk", { members: 1 })],
  });
  rules(server);
  const everybody = { ...HOLDS, inherited: ALL_TERMS };
  server.on("GET /v1/routing/settings", resource("routing_settings", "o1", everybody));
  teamSettings(server, {});
  for (const path of ["routing/settings", "routing/settings?team=t1", "routing/queues/q1"])
    server.on(`PUT /v1/${path}`, resource("x", "x", {}));
  server.on("PUT /v1/routing/users/u1/skills", resource("user_skills", "u1", {}));
  server.on("PUT /v1/routing/queue-rules/r1", resource("queue_rule", "r1", {}));
  server.on("GET /v1/routing/users/u1/skills", resource("user_skills", "u1", { skills: { "lang:de": 3 } }));
  server.on("GET /v1/routing/users/u2/skills", resource("user_skills", "u2", { skills: {} }));
  return server;
}

export function list(
  server: ApiServer,
  path: string,
  type: string,
  all: Readonly<Record<string, object>>,
): void {
  const data = Object.entries(all).map(([id, attributes]) => ({ id, type, attributes }));
  server.on(`GET /v1/${path}${PAGE}`, [200, { data, meta: { totalPages: 1 } }]);
}

export function rules(
  server: ApiServer,
  ...all: readonly (readonly [id: string, attributes: object, related?: object])[]
): void {
  const data = all.map(([id, attributes, related = {}]) => ({
    id,
    type: "queue_rule",
    attributes: { enabled: true, criteria: {}, skills: {}, priority: null, ...attributes },
    relationships: { queue: { data: { type: "queue", id: "q1" } }, ...related },
  }));
  server.on(`GET /v1/routing/queue-rules${PAGE}`, [200, { data, meta: { totalPages: 1 } }]);
  server.on("PUT /v1/routing/queue-rules/order", ({ body }) => [200, { data: [], meta: { body } }]);
}

/** Of a team that says itself only how much its agents take. */
export function teamSettings(server: ApiServer, attributes: object): void {
  const inherited = ALL_TERMS.filter((name) => name !== "capacityPerAgent");
  const team = { ...HOLDS, capacityPerAgent: 6, enabled: true, queues: ["q1"], inherited, ...attributes };
  server.on("GET /v1/routing/settings?team=t1", resource("routing_settings", "t1", team));
  list(server, "routing/team-settings", "routing_settings", { t1: team });
}

interface Crew {
  readonly members: number;
}

/** Those who serve a queue as a team. */
export function crew(team: string | null, name: string, counts: object): Crew {
  return { team, name, members: 0, ...NOBODY_HERE, ...counts } as Crew;
}

export function served(server: ApiServer, queues: Readonly<Record<string, readonly Crew[]>>): void {
  const all = Object.entries(queues).map(([id, teams]) => {
    const sum = (of: string) =>
      teams.reduce((count, one) => count + Number((one as unknown as Record<string, number>)[of]), 0);
    const isServed = teams.some(({ members: count }) => count > 0);
    return [id, { served: isServed, here: sum("here"), available: sum("available"), teams }] as const;
  });
  list(server, "routing/queue-staffing", "queue_staffing", Object.fromEntries(all));
}

/** Of the team; each with the team as which they work. */
export function members(
  server: ApiServer,
  ...all: readonly (readonly [name: string, status: string, team: string | null])[]
): void {
  const data = all.map(([displayName, status, team]) => ({
    id: displayName,
    type: "user_status",
    attributes: { displayName, status },
    relationships: team === null ? {} : { team: { data: { type: "team", id: team } } },
  }));
  server.on("GET /v1/routing/statuses?team=t1&page=1&pageSize=500", [200, { data, meta: { totalPages: 1 } }]);
}

export function shown(...path: readonly string[]): void {
  render(<RoutingSettings path={path} />);
}
