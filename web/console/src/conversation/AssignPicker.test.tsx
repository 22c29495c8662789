import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { closeOverlay, useOverlay } from "../app/overlay.ts";
import { confirm, emptyDesk } from "../desk/desk.ts";
import { useDirectory } from "../desk/directory.ts";
import { currentDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { useSession } from "../session/session.ts";
import { useToasts } from "../toast/toast.ts";
import { NO_TERMS, type Transfers, useTerms } from "../work/terms.ts";
import { AssignPicker } from "./AssignPicker.tsx";

const HANDOFFS = "GET /v1/conversations/c1/slas/handoffs?places=q1,q2,t1,u2,u3&pageSize=50";
const TRANSFERS = "POST /v1/routing/conversations/c1/transfers";
let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on(TRANSFERS, resource("work_item", "w1", {}));
  const desk = emptyDesk(ME);
  const there = { reason: null, changedAt: null, load: null, capacity: null, status: "available" } as const;
  for (const [id, displayName] of [
    [ME, "Ana"],
    ["u2", "Ben"],
    ["u3", "Cleo"],
  ] as const)
    desk.agents.set(id, { ...there, id, displayName });
  confirm(desk, aConversation({ assignedUsers: [ME] }));
  replaceDesk(desk);
  useDirectory.setState({
    queues: [
      { id: "q1", name: "Orders" },
      { id: "q2", name: "Returns" },
    ],
    teams: [{ id: "t1", name: "Experts" }],
  });
  asWho(false);
});

afterEach(() => {
  closeOverlay();
  replaceDesk(emptyDesk(ME));
  useTerms.setState(NO_TERMS);
  useDirectory.setState({ queues: [], teams: [], routed: null });
  useToasts.setState({ toasts: [] });
  vi.unstubAllGlobals();
});

function asWho(isAdmin: boolean): void {
  useSession.setState({ me: { id: ME, displayName: "Ana", email: "ana@shop.example", isAdmin } });
}

function limited(transfers: Partial<Transfers>): void {
  useTerms.setState({ transfers: { ...NO_TERMS.transfers, ...transfers } });
}

function places(): string[] {
  return screen.getAllByRole("option").map(({ textContent }) => textContent ?? "");
}

function open(purpose: "assign" | "handoff"): void {
  render(<AssignPicker conversation="c1" purpose={purpose} anchor={null} onClose={() => undefined} />);
}

it("hands on to a team with a reason", async () => {
  open("handoff");

  await userEvent.type(screen.getByRole("textbox", { name: /^Why/ }), "Knows kettles");
  await userEvent.click(screen.getByRole("option", { name: /^Experts/ }));

  await waitFor(() => expect(server.bodies(TRANSFERS)).toEqual([{ team: "t1", reason: "Knows kettles" }]));
});

it("tells before it is done where the customer would be promised something else", async () => {
  const promises = [{ metric: "firstResponse", seconds: 7_200, secondsBefore: 1_800, dueAt: "x" }];
  const attributes = { place: "queue", sla: "Slow", slaBefore: "Quick", promises };
  const data = [{ type: "sla_handoff", id: "q2", attributes }];
  server.on(HANDOFFS, [200, { data, meta: { totalPages: 1, isCut: false } }]);

  open("handoff");

  await screen.findByRole("option", {
    name: /^Returns.*First answer within 2 h instead of 30 min/,
  });
  expect(screen.getByRole("option", { name: /^Orders/ }).textContent).not.toContain("within");
  expect(screen.queryByText(/could not be looked at/)).toBeNull();
});

it.each([
  ["it was cut short", [200, { data: [], meta: { totalPages: 0, isCut: true } }]],
  ["it could not be asked", refusal(503)],
] as const)("says that some places could not be looked at where %s", async (_, answer) => {
  server.on(HANDOFFS, answer);

  open("handoff");

  expect(await screen.findByText(/^Some could not be looked at/)).toBeDefined();
});

it("asks what would be promised only of places that are shown, however many there are, and of what is typed for", async () => {
  const desk = currentDesk();
  const there = { reason: null, changedAt: null, load: null, capacity: null, status: "available" } as const;
  for (let number = 100; number < 400; number += 1)
    desk.agents.set(`a${number}`, { ...there, id: `a${number}`, displayName: `Agent ${number}` });
  const asked = () =>
    server.asked.flatMap(
      ({ path }) => new URLSearchParams(path.split("?")[1]).get("places")?.split(",") ?? [],
    );
  open("handoff");
  await waitFor(() => expect(asked()).toContain("q1"));
  expect(asked().length).toBeLessThan(50);

  await userEvent.type(screen.getByRole("combobox"), "Agent 399");

  await waitFor(() => expect(asked()).toContain("a399"));
  expect(asked().length).toBe(new Set(asked()).size);
});

it("offers no team that serves no queue, and says so", async () => {
  useDirectory.setState(({ teams }) => ({ teams: [...teams, { id: "t2", name: "Finance" }] }));
  const crews = [{ team: "t1" }, { team: null }];
  const data = [{ type: "queue_staffing", id: "q1", attributes: { teams: crews } }];
  server.on("GET /v1/routing/queue-staffing?page=1&pageSize=100", [200, { data, meta: { totalPages: 1 } }]);
  open("handoff");

  expect(await screen.findByText(/^Teams that serve no queue are not listed/)).toBeDefined();
  expect(places()).toContain("ExpertsTeam");
  expect(places()).not.toContain("FinanceTeam");
});

it("asks why before it lists to whom", () => {
  open("handoff");

  const why = screen.getByRole("textbox", { name: /^Why/ });

  const places = screen.getByRole("listbox");
  expect(why.compareDocumentPosition(places) & Node.DOCUMENT_POSITION_FOLLOWING).not.toBe(0);
});

it("shows at once to which team it went", async () => {
  open("handoff");

  await userEvent.click(screen.getByRole("option", { name: /^Experts/ }));

  expect(currentDesk().conversations.get("c1")).toMatchObject({ assignedUsers: [], assignedTeams: ["t1"] });
});

it("lists only where this agent's team may give work, and says so", () => {
  limited({ toQueues: "own", queues: ["q1"], toTeams: "none", toAgents: "own", agents: [ME, "u3"] });
  open("handoff");

  expect(places()).toEqual(["OrdersQueue", "Cleo"]);
  expect(
    screen.getByText("Your team hands on only to its own queues and agents, and not to teams."),
  ).toBeDefined();
});

it("lists everything for administrators, and where nothing is limited", () => {
  limited({ toQueues: "none", toTeams: "none", toAgents: "none" });
  asWho(true);
  open("handoff");

  expect(places()).toHaveLength(5);
  expect(screen.queryByText(/^Your team hands on/)).toBeNull();
});

it("lets agents always take something themselves, or put it back", () => {
  limited({ toAgents: "none" });
  open("assign");

  expect(places()).toEqual(["Ana (you)chosen", "NobodyBack to waiting"]);
});

it("leads on to whom one would prefer", async () => {
  open("assign");

  await userEvent.click(screen.getByRole("button", { name: /^Preferred agent, skills/ }));

  expect(useOverlay.getState().overlay).toBe("wishes");
});

it("leaves to the server what only that knows: whose own nobody is who works as no team", () => {
  limited({ toQueues: "own", queues: null, toAgents: "own", agents: null });
  open("handoff");

  expect(places()).toHaveLength(5);
});
