import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { useLive } from "../live/live.ts";
import { useNavigation } from "../navigation/navigation.ts";
import { useDeclined } from "../work/declined.ts";
import { BoardScreen } from "./BoardScreen.tsx";
import { useBoard } from "./follow.ts";
import { aBoard, ago, anAgent, aQueue, NOW, ORDERS, PATH, RETURNS } from "./testing.ts";

let server: ApiServer;

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, now: NOW });
  server = new ApiServer();
  useBoard.setState({ board: null, problem: null });
  useLive.setState({ state: "online" });
  useDeclined.setState({ declined: new Map() });
  replaceDesk(emptyDesk(ME));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function answers(...said: Parameters<typeof aBoard>): void {
  server.on(PATH, [200, { data: aBoard(...said) }]);
}

async function shown(isWall = false): Promise<void> {
  render(<BoardScreen isWall={isWall} />);
  await waitFor(() => expect(screen.getByRole("heading", { name: "Live board" })).toBeTruthy());
  await waitFor(() => expect(screen.queryByText("The board is being read")).toBeNull());
}

it("says who waits where, and leads to them", async () => {
  const waiting = { waiting: 3, offered: 1, longestWaitSince: ago(90), medianWait: 42_000 };
  answers({ totals: waiting, queues: [aQueue(waiting), aQueue({ id: RETURNS, name: "Returns" })] });

  await shown();

  const queues = within(screen.getByRole("region", { name: "Queues" })).getAllByRole("listitem");
  expect(queues.map((row) => within(row).getByRole("heading").textContent)).toEqual(["Orders", "Returns"]);
  const [orders] = queues;
  expect(
    within(orders as HTMLElement)
      .getByRole("link", { name: "Orders: waiting, 3" })
      .getAttribute("href"),
  ).toBe(`#/view/waiting-${ORDERS}`);
  expect(orders?.textContent).toContain("1 being offered");
  expect(orders?.textContent).toContain("42 s");
});

it("counts the longest wait on by itself", async () => {
  answers({ queues: [aQueue({ waiting: 1, longestWaitSince: ago(90) })] });
  await shown();
  const wait = () => screen.getByText(/^1:\d\d$/u).textContent ?? "";
  const first = wait();

  await act(() => vi.advanceTimersByTimeAsync(3_000));

  expect(Number(wait().slice(2)) - Number(first.slice(2))).toBeGreaterThanOrEqual(2);
});

it("says in words what is late and what soon will be", async () => {
  answers({
    queues: [
      aQueue({ id: "1", name: "One", slaLate: 1 }),
      aQueue({ id: "2", name: "Two", slaLate: 2 }),
      aQueue({ id: "3", name: "Risk", slaAtRisk: 4 }),
    ],
  });

  await shown();

  for (const words of ["1 past its time", "2 past their time", "4 at risk"]) {
    expect(screen.getByText(words)).toBeTruthy();
  }
});

it("lists what everybody has declined, and gives it away with one click", async () => {
  const conversation = "c".repeat(24);
  changeDesk((desk) => {
    confirm(desk, aConversation({ id: conversation, customerName: "Maya" }));
    for (const [id, name, load] of [
      ["u2", "Ben", 3],
      ["u3", "Eve", 1],
    ] as const) {
      const there = { status: "available", reason: null, changedAt: null, capacity: 4 } as const;
      desk.agents.set(id, { ...there, id, displayName: name, load });
    }
  });
  const declined = { conversation, queue: null, by: ["u2", "u3"], since: ago(60), askedAgainAt: ago(-60) };
  useDeclined.setState({ declined: new Map([[conversation, declined]]) });
  server.on(`PUT /v1/conversations/${conversation}`, resource("conversation", conversation, {}));
  answers({ queues: [aQueue({ waiting: 1, declined: 1 })], totals: { waiting: 1, declined: 1 } });

  await shown();

  const part = screen.getByRole("region", { name: "Declined by everybody" });
  expect(part.textContent).toContain("Maya");
  expect(part.textContent).toContain("Ben, Eve");
  expect(screen.getAllByText("1 declined by all")).toHaveLength(2);
  const give = within(part).getAllByRole("button", { name: /^Give to/u });
  expect(give.map(({ textContent }) => textContent)).toEqual(["Give to Eve", "Give to Ben"]);

  fireEvent.click(give[0] as HTMLElement);
  await act(() => vi.advanceTimersByTimeAsync(0));

  expect(server.bodies(`PUT /v1/conversations/${conversation}`)).toEqual([{ assignedUsers: ["u3"] }]);
});

it("says when a queue is closed, and until when", async () => {
  const opensAt = new Date(NOW + 20 * 3_600_000).toISOString();
  answers({ queues: [aQueue({ open: false, opensAt })] });

  await shown();

  expect(screen.getAllByText("Closed")).toHaveLength(2);
  expect(screen.getByText(/^Opens tomorrow/u)).toBeTruthy();
});

it("foretells no wait where nobody is available", async () => {
  answers({ queues: [aQueue({ available: 0, expectedWait: null, waiting: 1 })] });

  await shown();

  expect(screen.getByText("Nobody available")).toBeTruthy();
});

it("says who is here, how, and how full their hands are", async () => {
  answers({
    byStatus: { available: 1, unavailable: 1 },
    agents: [
      anAgent({ team: { id: "t", name: "Experts" } }),
      anAgent({ user: "b", name: "Ben", status: "unavailable", reason: "Lunch", load: 0, items: 0 }),
    ],
    total: 7,
  });

  await shown();

  const agents = screen.getByRole("region", { name: "Agents" });
  const [ana, ben] = within(agents).getAllByRole("listitem");
  expect(ana?.textContent).toContain("as Experts");
  expect(
    within(ana as HTMLElement).getByRole("link", { name: "Ana: 1 of 4, 1 conversation" }).textContent,
  ).toBe("1 of 4");
  expect(ben?.textContent).toContain("Unavailable: Lunch");
  expect(agents.textContent).toContain("and 5 more");
});

it("says of when it is while the connection is down", async () => {
  answers();
  await shown();
  expect(screen.getByRole("status").textContent).toContain("Live");

  act(() => useLive.setState({ state: "offline" }));

  expect(screen.getByRole("status").textContent).toMatch(/Not connected. As of \d/u);
});

it("says why it could not be read, and is read when it can be", async () => {
  server.on(PATH, refusal(503, "overloaded"));
  render(<BoardScreen isWall={false} />);
  await waitFor(() => expect(screen.getByRole("alert")).toBeTruthy());

  answers();
  await userEvent
    .setup({ advanceTimers: vi.advanceTimersByTime })
    .click(screen.getByRole("button", { name: "Try again" }));
  await act(() => vi.advanceTimersByTimeAsync(1_500));

  expect(screen.getByRole("heading", { name: "Live board" })).toBeTruthy();
});

it("fills a wall with big figures and nothing to click but the way out", async () => {
  const queues = Array.from({ length: 14 }, (_, number) =>
    aQueue({ id: `${number}`, name: `Queue ${number}` }),
  );
  answers({ totals: { waiting: 12_345 }, queues, byStatus: { available: 3 } });
  await shown(true);

  expect(screen.queryAllByRole("link")).toEqual([]);
  expect(screen.getByText((12_345).toLocaleString())).toBeTruthy();
  expect(screen.getByText("6 more queues")).toBeTruthy();
  await userEvent
    .setup({ advanceTimers: vi.advanceTimersByTime })
    .click(screen.getByRole("button", { name: "Leave the wall screen" }));

  expect(useNavigation.getState().route).toEqual({ screen: "board", isWall: false });
});

it("says so when nobody is here and there is no queue", async () => {
  answers();

  await shown();

  expect(screen.getByText("No agent is here.")).toBeTruthy();
  expect(screen.getByText("There is no queue yet.")).toBeTruthy();
});
