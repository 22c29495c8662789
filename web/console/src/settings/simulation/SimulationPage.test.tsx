import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../../api/testing.ts";
import { useToasts } from "../../toast/toast.ts";
import { dayFrom } from "./hours.ts";
import { SimulationPage } from "./SimulationPage.tsx";

const LIST = "GET /v1/routing/simulations?page=1&pageSize=50";
const ACTIVE = "GET /v1/conversations?sort=-lastActivityAt&page=1&pageSize=100";
const PAGE = "page=1&pageSize=100";
const settings = resource("routing_settings", "o1", { capacityPerAgent: 4, enabled: true, queues: [] });

const series = { arrivals: [3, 1], waiting: [2, 0.5], wait: [60_000, null], load: [1, 1], available: [1, 1] };
const whole = {
  id: "",
  name: "",
  arrivals: 4,
  served: 3,
  gaveUp: 0,
  stillWaiting: 1,
  wait: { p50: 60_000, p90: 120_000, longest: 120_000 },
  firstResponse: { met: 1, missed: 1 },
  series,
};
const world = {
  bucketMs: 300_000,
  whole,
  queues: [{ ...whole, id: "q1", name: "Orders" }],
  agents: [{ id: "u2", name: "Ben Ojo", served: 3, occupancy: 0.5, busy: [0.25, null] }],
};
const better = {
  ...world,
  whole: { ...whole, served: 4, stillWaiting: 0, wait: { p50: 0, p90: 0, longest: 0 } },
  agents: [...world.agents, { id: "n1", name: "Kim", served: 1, occupancy: 0.25 }],
};
const done = {
  name: "One more",
  status: "done",
  from: "2026-11-02T08:00:00.000Z",
  to: "2026-11-02T17:00:00.000Z",
  scenario: { roster: { add: [{ count: 1 }] } },
  progress: 1,
  createdAt: "2026-11-03T08:00:00.000Z",
  createdByName: "Ana",
  error: null,
  result: { agreement: { conversations: 4, same: 4 }, troubles: [], before: world, after: better },
};

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on("GET /v1/routing/settings", settings);
  const terms = { capacityPerAgent: 4, enabled: true, queues: [] };
  const ofTeam = { type: "routing_settings", id: "t1", attributes: terms };
  server.on(`GET /v1/routing/team-settings?${PAGE}`, [200, { data: [ofTeam] }]);
  const team = { type: "team", id: "t1", attributes: { name: "Workshop", members: ["u2"] } };
  server.on(`GET /v1/teams?${PAGE}`, [200, { data: [team] }]);
  const queue = { name: "Orders", key: "orders", priority: 50, weight: 1, isDefault: true };
  const returns = { name: "Returns", key: "returns", priority: 60, weight: 1, isDefault: false };
  server.on(`GET /v1/routing/queues?${PAGE}`, [
    200,
    {
      data: [
        { type: "queue", id: "q1", attributes: queue },
        { type: "queue", id: "q2", attributes: returns },
      ],
    },
  ]);
  const rules = ["Refunds", "Parcels"].map((name, number) => ({
    type: "queue_rule",
    id: `r${number}`,
    attributes: { name, enabled: true, criteria: {}, skills: {} },
    relationships: { queue: { data: { type: "queue", id: "q2" } } },
  }));
  server.on(`GET /v1/routing/queue-rules?${PAGE}`, [200, { data: rules }]);
  const ben = {
    type: "user",
    id: "u2",
    attributes: { displayName: "Ben Ojo", email: "b@x.test", roles: [] },
  };
  server.on("GET /v1/users?userType=user&page=1&pageSize=500", [200, { data: [ben] }]);
  const status = { type: "user_status", id: "u2", attributes: { displayName: "Ben Ojo" } };
  server.on(`GET /v1/routing/statuses?${PAGE}`, [200, { data: [status] }]);
  const skill = { type: "skill", id: "s1", attributes: { key: "refunds", name: "Refunds" } };
  server.on(`GET /v1/routing/skills?${PAGE}`, [200, { data: [skill] }]);
  server.on("GET /v1/routing/users/u2/skills", resource("user_skills", "u2", { skills: { refunds: 2 } }));
  const hours = { type: "schedule", id: "h1", attributes: { name: "Evenings" } };
  server.on(`GET /v1/schedules?${PAGE}`, [200, { data: [hours] }]);
  server.on(`GET /v1/routing/queue-staffing?${PAGE}`, [200, { data: [] }]);
  server.on(LIST, [200, { data: [] }]);
  server.on(ACTIVE, [200, { data: [] }]);
});

afterEach(() => {
  useToasts.setState({ toasts: [] });
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("asks only for what is otherwise", async () => {
  server.on("POST /v1/routing/simulations", resource("simulation", "m1", { ...done, status: "waiting" }));
  render(<SimulationPage path={[]} />);

  const more = await screen.findByLabelText("More agents");
  await userEvent.clear(more);
  await userEvent.type(more, "2");
  await userEvent.selectOptions(screen.getByLabelText("They work in"), "Workshop");
  await userEvent.selectOptions(screen.getByLabelText("They are there"), "In the hours of Evenings");
  await userEvent.type(screen.getByLabelText("Seconds to accept an offer"), "12");
  await userEvent.click(screen.getByLabelText("Ben Ojo"));
  await userEvent.clear(screen.getByLabelText("Priority of Orders"));
  await userEvent.type(screen.getByLabelText("Priority of Orders"), "10");
  await userEvent.click(screen.getByText("Change skills"));
  await userEvent.selectOptions(screen.getByLabelText("Refunds of Ben Ojo"), "5");
  await userEvent.click(screen.getByRole("button", { name: "Play it" }));

  await waitFor(() => expect(server.bodies("POST /v1/routing/simulations")).toHaveLength(1));
  expect(server.bodies("POST /v1/routing/simulations")[0]).toMatchObject({
    scenario: {
      roster: { add: [{ count: 2, team: "t1", schedule: "h1" }], remove: ["u2"] },
      acceptSeconds: 12,
      queues: { q1: { priority: 10 } },
      skills: { u2: { refunds: 5 } },
    },
  });
});

/** What the one simulation that was asked for says is otherwise. */
async function asked(): Promise<Record<string, unknown>> {
  await userEvent.click(screen.getByRole("button", { name: "Play it" }));
  await waitFor(() => expect(server.bodies("POST /v1/routing/simulations")).toHaveLength(1));
  return (server.bodies("POST /v1/routing/simulations")[0] as { scenario: Record<string, unknown> }).scenario;
}

it("asks for an overflow from one queue into another", async () => {
  server.on("POST /v1/routing/simulations", resource("simulation", "m1", { ...done, status: "waiting" }));
  render(<SimulationPage path={[]} />);

  await userEvent.selectOptions(await screen.findByLabelText("Change the overflow of"), "Returns");
  await userEvent.clear(screen.getByLabelText("After minutes"));
  await userEvent.type(screen.getByLabelText("With more waiting than"), "3");

  expect(await asked()).toEqual({
    queues: { q2: { overflow: { toQueue: "q1", afterSeconds: null, overWaiting: 3 } } },
  });
});

it("asks for other rules in another order", async () => {
  server.on("POST /v1/routing/simulations", resource("simulation", "m1", { ...done, status: "waiting" }));
  render(<SimulationPage path={[]} />);

  await userEvent.selectOptions(await screen.findByLabelText("Work is given to queues by"), "These rules");
  await userEvent.click(screen.getByRole("button", { name: "Move Parcels up" }));
  await userEvent.click(screen.getByRole("button", { name: /^1\. Parcels/u }));
  await userEvent.selectOptions(screen.getByLabelText("Into the queue"), "Orders");

  expect(await asked()).toEqual({
    rules: [
      { name: "Parcels", queue: "q1" },
      { name: "Refunds", queue: "q2" },
    ],
  });
});

it("asks for so much in each hour, by keys and by numbers", async () => {
  vi.setSystemTime("2026-11-30T10:00:00.000Z");
  server.on("POST /v1/routing/simulations", resource("simulation", "m1", { ...done, status: "waiting" }));
  render(<SimulationPage path={[]} />);

  await userEvent.selectOptions(await screen.findByLabelText("There arrives"), "So much in each hour");
  const bars = screen.getAllByRole("slider");
  expect(bars).toHaveLength(24);
  act(() => bars[0]?.focus());
  await userEvent.keyboard("{ArrowUp}{ArrowRight}{PageUp}{ArrowRight}{Home}");
  const typed = screen.getAllByRole("spinbutton", { name: /^Arriving in the hour from/u });
  await userEvent.clear(typed[3] as HTMLElement);
  await userEvent.type(typed[3] as HTMLElement, "2.5");

  const { load } = (await asked()) as { load: { perHour: number[] } };
  const day = dayFrom(Date.now()).map(({ hour }) => load.perHour[hour]);
  expect(day.slice(0, 5)).toEqual([11, 20, 0, 2.5, 10]);
});

it("takes JSON beside the form, and each keeps what the other said", async () => {
  server.on("POST /v1/routing/simulations", resource("simulation", "m1", { ...done, status: "waiting" }));
  render(<SimulationPage path={[]} />);

  const json = (await screen.findByLabelText("Scenario", { exact: true })) as HTMLTextAreaElement;
  fireEvent.change(json, { target: { value: '{"acceptSeconds": 7, "queues": {"returns": {"weight": 3}}}' } });
  const weight = screen.getByLabelText("Weight of Returns") as HTMLInputElement;
  expect(weight.value).toBe("3");
  fireEvent.change(screen.getByLabelText("Priority of Returns"), { target: { value: "5" } });

  expect(JSON.parse(json.value)).toEqual({
    acceptSeconds: 7,
    queues: { returns: { weight: 3, priority: 5 } },
  });
  expect(await asked()).toEqual(JSON.parse(json.value));
});

it("plays nothing while the JSON cannot be read", async () => {
  render(<SimulationPage path={[]} />);

  const json = (await screen.findByLabelText("Scenario", { exact: true })) as HTMLTextAreaElement;
  fireEvent.change(json, { target: { value: "{" } });
  await userEvent.click(screen.getByRole("button", { name: "Play it" }));

  expect(screen.getByText("The JSON cannot be read.")).toBeTruthy();
  expect(json.value).toBe("{");
  expect(screen.getByLabelText("More agents").closest("fieldset")?.disabled).toBe(true);
  expect(server.bodies("POST /v1/routing/simulations")).toEqual([]);
});

it("begins with what was played before, to change it", async () => {
  server.on("GET /v1/routing/simulations/m1", resource("simulation", "m1", done));
  render(<SimulationPage path={["again", "m1"]} />);

  expect(((await screen.findByLabelText("Name")) as HTMLInputElement).value).toBe("One more");
  expect((screen.getByLabelText("More agents") as HTMLInputElement).value).toBe("1");
});

it.each([
  ["From", "2999-01-01T10:00", "It begins before it ends."],
  ["From", "2001-01-01T10:00", "It has at most 31 days."],
  ["To", "2999-01-01T10:00", "It is over by now, so that it is known what arrived."],
])("says under the field that is wrong what is wrong with it: %s %s", async (field, time, problem) => {
  render(<SimulationPage path={[]} />);
  const input = await screen.findByLabelText(field);
  fireEvent.change(input, { target: { value: time } });

  await userEvent.click(screen.getByRole("button", { name: "Play it" }));

  expect(input.getAttribute("aria-invalid")).toBe("true");
  expect(input.closest(".field")?.textContent).toContain(problem);
  expect(server.bodies("POST /v1/routing/simulations")).toEqual([]);
});

it("says why it is refused, and keeps what was typed", async () => {
  server.on("POST /v1/routing/simulations", refusal(409, "simulation_running"));
  render(<SimulationPage path={[]} />);
  await userEvent.type(await screen.findByLabelText("Name"), "Monday");

  await userEvent.click(screen.getByRole("button", { name: "Play it" }));

  expect((await screen.findByRole("alert")).textContent).not.toBe("");
  expect((screen.getByLabelText("Name") as HTMLInputElement).value).toBe("Monday");
});

it("puts before and after side by side, in words that a screen reader has too", async () => {
  server.on("GET /v1/routing/simulations/m1", resource("simulation", "m1", done));
  render(<SimulationPage path={["m1"]} />);

  const table = await screen.findByRole("table", { name: "All queues" });

  const row = within(table).getByRole("row", { name: /Half waited at most/u });
  expect(
    within(row)
      .getAllByRole("cell")
      .map(({ textContent }) => textContent),
  ).toEqual(["1:00 min", "0 s", "−1:00 min"]);
  expect(screen.getByText(/all 4 conversations went to the very agents/u)).toBeTruthy();
  expect(screen.getByText("Nobody waits any more; the longest wait was 2:00 min.")).toBeTruthy();
  expect(screen.getByText("One fewer still waits at the end.")).toBeTruthy();
  expect(screen.getByRole("row", { name: /Kim \(New\)/u })).toBeTruthy();
  await userEvent.click(screen.getByText("Numbers: Waiting at once"));
  expect(screen.getByRole("table", { name: "Numbers: Waiting at once" })).toBeTruthy();
});

it("tells how busy an agent was over time", async () => {
  server.on("GET /v1/routing/simulations/m1", resource("simulation", "m1", done));
  render(<SimulationPage path={["m1"]} />);

  await userEvent.selectOptions(await screen.findByLabelText("Over time, of"), "Kim");
  await userEvent.selectOptions(screen.getByLabelText("Over time, of"), "Ben Ojo");

  const numbers = screen.getByRole("table", {
    name: "Numbers: Per cent of capacity taken: Ben Ojo",
    hidden: true,
  });
  const cells = within(numbers).getAllByRole("cell", { hidden: true });
  expect(cells.map(({ textContent }) => textContent)).toEqual(["25", "25", "–", "–"]);
});

it("says in words what is otherwise, with names and with what there is today", async () => {
  const scenario = {
    roster: { add: [{ count: 3, team: "t1", schedule: "h1" }], remove: ["u2", "u9"] },
    teams: { "": { capacityPerAgent: 8, wrapUpSeconds: 30 } },
    queues: { returns: { priority: 10, overflow: { toQueue: "q1", afterSeconds: 90, overWaiting: 3 } } },
    load: { factor: 1.3 },
  };
  server.on("GET /v1/routing/simulations/m1", resource("simulation", "m1", { ...done, scenario }));
  render(<SimulationPage path={["m1"]} />);

  const first = await screen.findByText("3 more agents in Workshop, in the hours of Evenings");

  const said = [...(first.closest("ul")?.children ?? [])].map(({ textContent }) => textContent);
  expect(said).toEqual([
    "3 more agents in Workshop, in the hours of Evenings",
    "Without Ben Ojo, one that is gone",
    "Everybody: capacity 8 (today 4), wrapUpSeconds 30",
    "Queue Returns: priority 10 (today 60), overflows into Orders after 1 min 30 s or with more than 3 waiting",
    "130 % of what arrived",
  ]);
});

it("begins with the last hours in which there was work", async () => {
  vi.setSystemTime("2026-11-30T10:00:00.000Z");
  const data = ["2026-11-27T16:20:00Z", "2026-11-27T09:40:00Z", "2026-11-26T15:00:00Z"].map((at, number) => ({
    type: "conversation",
    id: `c${number}`,
    attributes: { lastActivityAt: at },
  }));
  server.on(ACTIVE, [200, { data }]);
  render(<SimulationPage path={[]} />);

  const begins = (await screen.findByLabelText("From")) as HTMLInputElement;

  expect(new Date(begins.value).toISOString()).toBe("2026-11-27T09:00:00.000Z");
  const ends = screen.getByLabelText("To") as HTMLInputElement;
  expect(new Date(ends.value).toISOString()).toBe("2026-11-27T17:00:00.000Z");
});

it("shows how far it is, and stops it", async () => {
  const running = { ...done, status: "running", progress: 0.4, phase: "before", result: null };
  server.on("GET /v1/routing/simulations/m1", resource("simulation", "m1", running));
  server.on(
    "POST /v1/routing/simulations/m1/stop",
    resource("simulation", "m1", { ...running, status: "stopped" }),
  );
  render(<SimulationPage path={["m1"]} />);
  expect((await screen.findByRole("progressbar")).getAttribute("value")).toBe("0.4");
  expect(screen.getByText("40 % · Playing it as it was")).toBeTruthy();

  await userEvent.click(screen.getByRole("button", { name: "Stop" }));

  await waitFor(() => expect(screen.queryByRole("progressbar")).toBeNull());
});

it("says where a scenario asks for what there was not", async () => {
  const error = { code: "bad_scenario", detail: "There was no queue x.", parameter: "scenario.queues.x" };
  const failed = { ...done, status: "failed", result: null, error };
  server.on("GET /v1/routing/simulations/m1", resource("simulation", "m1", failed));
  render(<SimulationPage path={["m1"]} />);

  expect(screen.queryByText(/^You can rely/u)).toBeNull();
  expect(await screen.findByText(/There was no queue x\. In scenario\.queues\.x\./u)).toBeTruthy();
});
