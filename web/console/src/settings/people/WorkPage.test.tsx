import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../../api/testing.ts";
import { useDirectory } from "../../desk/directory.ts";
import { PeoplePage } from "./PeoplePage.tsx";
import { byDay, type Shift } from "./work-sessions.ts";

// Before the screen is loaded, which asks then what time it is.
const MIDDAY = vi.hoisted(() => {
  const midday = new Date(2026, 10, 24, 12).getTime();
  vi.setSystemTime(midday);
  return midday;
});
const HOUR = 3_600_000;
const PAGE = (number: number) =>
  `GET /v1/routing/users/u2/work-sessions?page=${number}&pageSize=100` as const;

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on("GET /v1/users/u2", resource("user", "u2", { displayName: "Ben Ojo" }));
  worksAs({});
  teams();
  useDirectory.setState({ teams: [{ id: "t1", name: "Orders" }] });
});

afterEach(() => {
  useDirectory.setState({ teams: [] });
  vi.unstubAllGlobals();
});

function worksAs(relationships: object): void {
  const attributes = { displayName: "Ben Ojo", status: "unavailable", reason: "Lunch" };
  const data = { type: "user_status", id: "u2", attributes, relationships };
  server.on("GET /v1/routing/users/u2/status", [200, { data }]);
}

/** Those that he is in, all with queues of their own. */
function teams(...names: readonly string[]): void {
  const data = names.map((name) => ({ type: "team", id: name, attributes: { name, members: ["u2"] } }));
  server.on("GET /v1/teams?page=1&pageSize=100", [200, { data, meta: { totalPages: 1 } }]);
  const settings = names.map((id) => ({ type: "routing_settings", id, attributes: { enabled: true } }));
  server.on("GET /v1/routing/team-settings?page=1&pageSize=100", [
    200,
    { data: settings, meta: { totalPages: 1 } },
  ]);
}

function session(id: string, beganAt: string, over: object = {}): object {
  const attributes = {
    beganAt,
    signedOutAt: null,
    available: HOUR,
    busy: 0,
    unavailable: 0,
    items: 3,
    ...over,
  };
  const team = { data: { type: "team", id: "t1" } };
  return { type: "work_session", id, attributes, relationships: { team } };
}

function open(): void {
  render(<PeoplePage path={["u2"]} />);
}

it("shows how an agent spent the time, each day together", async () => {
  const at = (hours: number) => new Date(MIDDAY + hours * HOUR).toISOString();
  const data = [
    session("s2", at(1), { available: 90 * 60_000 }),
    session("s1", at(-2), { signedOutAt: at(0), busy: 5 * 60_000 }),
  ];
  server.on(PAGE(1), [200, { data, meta: { totalPages: 1 } }]);

  open();

  const [, day, ...shifts] = await screen.findAllByRole("row");
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Ben Ojo");
  expect(day?.textContent).toBe("Today2 h 30 min5 min0 min6");
  expect(shifts).toHaveLength(2);
  expect(shifts[0]?.textContent).toContain("nowOrders1 h 30 min");
  expect(screen.queryByRole("button", { name: "Show earlier" })).toBeNull();
});

it("goes further back when one asks, and shows nothing twice", async () => {
  const meta = { totalPages: 2 };
  server.on(PAGE(1), [200, { data: [session("s2", "2026-11-20T09:00:00.000Z")], meta }]);
  const earlier = [session("s2", "2026-11-20T09:00:00.000Z"), session("s1", "2026-11-19T09:00:00.000Z")];
  server.on(PAGE(2), [200, { data: earlier, meta }]);
  open();

  await userEvent.click(await screen.findByRole("button", { name: "Show earlier" }));

  await waitFor(() => expect(screen.getAllByRole("rowgroup")).toHaveLength(3));
  expect(within(screen.getByRole("table")).getAllByRole("row")).toHaveLength(5);
  expect(screen.queryByRole("button", { name: "Show earlier" })).toBeNull();
});

it("says that nobody has worked yet, or that it could not be read", async () => {
  server.on(PAGE(1), refusal(500, "x"));
  open();
  await userEvent.click(await screen.findByRole("button", { name: /again/ }));
  expect(await screen.findByRole("alert")).toBeDefined();

  server.on(PAGE(1), [200, { data: [], meta: { totalPages: 1 } }]);
  await userEvent.click(screen.getByRole("button", { name: /again/ }));

  expect(await screen.findByText("No shifts yet")).toBeDefined();
});

it("has a day end when it ends where the reader is", () => {
  const shift = (id: string, beganAt: string): Shift => ({
    id,
    beganAt,
    endedAt: null,
    team: null,
    available: HOUR,
    busy: 0,
    unavailable: 0,
    items: 1,
  });
  const shifts = [shift("s2", "2026-11-24T22:30:00.000Z"), shift("s1", "2026-11-24T20:00:00.000Z")];

  expect(byDay(shifts, "UTC").map(({ day, total }) => [day, total.items])).toEqual([["2026-11-24", 2]]);
  expect(byDay(shifts, "Asia/Kathmandu").map(({ day }) => day)).toEqual(["2026-11-25"]);
  expect(byDay(shifts, "Europe/Moscow").map(({ day }) => day)).toEqual(["2026-11-25", "2026-11-24"]);
});

it("says as which of several teams an agent works, and lets an administrator choose", async () => {
  server.on(PAGE(1), [200, { data: [], meta: { totalPages: 1 } }]);
  teams("Returns", "Orders");
  worksAs({ team: { data: { type: "team", id: "Orders" } } });
  server.on("PUT /v1/routing/users/u2/status", resource("user_status", "u2", {}));
  open();

  const choice = await screen.findByLabelText("Team");
  expect(choice.textContent).toContain("The first by name: Orders");
  expect(screen.getByText("Ben Ojo works as Orders.")).toBeDefined();
  await userEvent.selectOptions(choice, "Returns");

  await waitFor(() =>
    expect(server.bodies("PUT /v1/routing/users/u2/status")).toEqual([
      { status: "unavailable", reason: "Lunch", team: "Returns" },
    ]),
  );
});

it("says of an agent of one team that there is nothing to choose", async () => {
  server.on(PAGE(1), [200, { data: [], meta: { totalPages: 1 } }]);
  teams("Orders");
  open();

  await screen.findByText(/^Ben Ojo works as Orders: it is the only one/);
  expect(screen.queryByLabelText("Team")).toBeNull();
});
