import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import type { ApiServer } from "../../api/testing.ts";
import { crew, list, members, QUEUE, routingServer, rules, served, shown } from "./testing.tsx";

let server: ApiServer;

beforeEach(() => {
  server = routingServer();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it("lists who serves each queue, and warns where nobody does", async () => {
  served(server, {
    q0: [crew(null, "", {})],
    q1: [
      crew("t1", "Order desk", { members: 3, here: 2, available: 1 }),
      crew("t2", "Nights", { members: 2 }),
    ],
  });
  shown();

  const [first, second] = await screen.findAllByRole("link", { name: /Priority/ });

  expect(first?.textContent).toContain("No team serves this queue: what comes here waits.");
  expect(second?.textContent).toContain("Order desk: 2 of 3 here · Nights: 0 of 2 here");
});

it("says that nobody is here for a queue at this moment", async () => {
  shown();

  const queue = await screen.findByRole("link", { name: /^Orders/ });

  expect(queue.textContent).toContain("Nobody is here for it now");
});

it("calls the agents of no team all, where no team serves anything", async () => {
  served(server, { q0: [crew(null, "", { members: 5, here: 2 })], q1: [crew(null, "", { members: 5 })] });
  shown();

  const queue = await screen.findByRole("link", { name: /^Default queue/ });

  expect(queue.textContent).toContain("All agents: 2 of 5 here");
});

it("shows a queue's teams with who of them is here, and the way to them", async () => {
  served(server, {
    q1: [crew("t1", "Order desk", { members: 3, here: 2, available: 1, elsewhere: 1 })],
  });
  shown("queues", "q1");

  const team = await screen.findByRole("link", { name: /^Order desk/ });

  expect(team.textContent).toBe("Order desk3 members2 here now1 available1 at work as another team");
  expect(team.getAttribute("href")).toContain("settings/routing/teams/t1");
});

it("warns on the page of a queue that nobody serves, and leads to the teams", async () => {
  served(server, { q1: [crew(null, "", {})] });
  shown("queues", "q1");

  const warning = await screen.findByText(/No team serves this queue: what comes here waits/);

  expect(warning.getAttribute("role")).toBe("alert");
  expect(within(warning).getByRole("link").getAttribute("href")).toContain("settings/routing/teams");
});

it("says what comes into a queue", async () => {
  rules(server, ["r1", { name: "About orders" }]);
  shown("queues", "q1");

  const rule = await screen.findByRole("link", { name: "Rule “About orders”" });

  expect(rule.getAttribute("href")).toContain("settings/routing/rules/r1");
});

it("leads from a queue that nothing fills to a rule for it", async () => {
  shown("queues", "q1");

  const link = await screen.findByRole("link", { name: "Add a rule for it" });

  expect(link.getAttribute("href")).toContain("settings/routing/rules/new/q1");
});

it("does not remove a queue that is in use, and says by what", async () => {
  rules(server, ["r1", { name: "About orders" }]);
  shown("queues", "q1");

  await userEvent.click(await screen.findByRole("button", { name: "Remove this queue" }));

  const sheet = screen.getByRole("dialog", { name: "“Orders” is in use" });
  expect(within(sheet).getByRole("link", { name: "Rule “About orders”" })).toBeDefined();
  expect(within(sheet).queryByRole("button", { name: "Remove" })).toBeNull();
});

it("does not remove a skill that a rule asks for, and says how many agents lose one that goes", async () => {
  rules(server, ["r1", { name: "About repairs", skills: { repairs: 1 } }]);
  shown("skills");
  await userEvent.click(await screen.findByRole("button", { name: "Remove the skill Repairs" }));
  expect(screen.getByRole("link", { name: "Rule “About repairs” asks for it" })).toBeDefined();
  cleanup();
  rules(server);
  list(server, "routing/skills", "skill", { s1: { key: "lang:de", name: "German" } });

  shown("skills");
  await userEvent.click(await screen.findByRole("button", { name: "Remove the skill German" }));

  expect(screen.getByText(/^The agent who has it loses it\./)).toBeDefined();
});

it("explains queues while there is only one, with one button", async () => {
  list(server, "routing/queues", "queue", { q0: { ...QUEUE, name: "Default queue", isDefault: true } });
  list(server, "chat/queues/metrics/q0", "queue_metrics", {});
  shown();

  await screen.findByText("Everything waits in one queue");

  expect(screen.getAllByRole("button", { name: "Add queue" })).toHaveLength(1);
});

it("leads from the first queue to what it needs next", async () => {
  served(server, { q0: [crew(null, "", { members: 2 })], q1: [crew(null, "", { members: 2 })] });
  shown();

  await screen.findByText("Next for “Orders”");

  const rule = screen.getByRole("link", { name: "Add a rule that puts work into it" });
  expect(rule.getAttribute("href")).toContain("settings/routing/rules/new/q1");
  expect(screen.getByRole("link", { name: "Choose the team that serves it" })).toBeDefined();
});

it("says of a queue without a team who serves it until then", async () => {
  const nobodyYet = { q0: [crew(null, "", { members: 2 })], q1: [crew(null, "", { members: 2 })] };
  served(server, nobodyYet);
  shown();
  await screen.findByText("Until you do, every agent does.");
  cleanup();
  served(server, { ...nobodyYet, q0: [crew("t1", "Order desk", { members: 1 })] });
  shown();
  await screen.findByText("Until you do, the agents whose teams have no queues of their own do.");
  cleanup();

  served(server, { q0: [crew("t1", "Order desk", { members: 1 })], q1: [crew(null, "", {})] });
  shown();

  await screen.findByText(/^Until you do, what comes here waits: every agent is in a team/);
  expect(screen.getByText("No team serves this queue: what comes here waits.")).toBeDefined();
});

it("does not say that no team serves a queue whose teams are empty", async () => {
  served(server, { q0: [], q1: [crew("t1", "Order desk", {})] });
  shown();

  const queue = await screen.findByRole("link", { name: /^Orders/ });

  expect(queue.textContent).toContain(
    "The teams that serve this queue have no members: what comes here waits.",
  );
});

it("says nothing of next steps once rules fill all queues", async () => {
  rules(server, ["r1", { name: "About orders" }]);
  shown();
  await screen.findByRole("link", { name: /^Orders/ });

  expect(screen.queryByText(/^Next for/)).toBeNull();
});

it("begins a rule with the queue for which it was asked", async () => {
  shown("rules", "new", "q0");

  const queue = (await screen.findByLabelText("Into the queue")) as HTMLSelectElement;

  expect(queue.value).toBe("q0");
});

it("says who works as a team now, who as another, and who is not here", async () => {
  list(server, "teams", "team", {
    t1: { name: "Order desk", members: ["u1"] },
    t2: { name: "Returns", members: [] },
  });
  members(server, ["Ana", "available", "t1"], ["Ben", "busy", "t2"], ["Cleo", "offline", "t1"]);
  shown("teams", "t1");

  const here = await screen.findByRole("region", { name: "Work as this team now (1)" });

  expect(within(here).getByRole("link").textContent).toBe("Ana");
  const elsewhere = screen.getByRole("region", { name: "Work as another team now (1)" });
  expect(elsewhere.textContent).toContain("Benas Returns");
  expect(screen.getByRole("region", { name: "Not here (1)" }).textContent).toContain("Cleo");
});

it("shows twenty members of a large team first", async () => {
  const many = Array.from({ length: 30 }, (_, place) => [`Agent ${place + 10}`, "available", "t1"] as const);
  members(server, ...many);
  shown("teams", "t1");
  const here = await screen.findByRole("region", { name: "Work as this team now (30)" });
  expect(within(here).getAllByRole("link")).toHaveLength(20);

  await userEvent.click(within(here).getByRole("button", { name: "Show all 30" }));

  await waitFor(() => expect(within(here).getAllByRole("link")).toHaveLength(30));
});

it("warns of a queue whose work nobody would ever be given", async () => {
  shown("teams");
  await screen.findByRole("link", { name: /Order desk/ });
  expect(screen.queryByRole("alert")).toBeNull();
  cleanup();
  served(server, { q0: [crew(null, "", {})], q1: [crew("t1", "Order desk", { members: 2 })] });

  shown("teams");

  const warning = await screen.findByRole("alert");
  expect(warning.textContent).toContain("Nobody serves “Default queue”: what comes there waits");
});

it("explains teams while there are none, and leads to where they are made", async () => {
  list(server, "teams", "team", {});
  shown("teams");

  await screen.findByText("No teams yet");

  expect(screen.getByRole("link", { name: "Make a team" }).getAttribute("href")).toContain("settings/people");
});
