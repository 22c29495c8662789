import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, resource } from "../api/testing.ts";
import { confirm, emptyDesk } from "../desk/desk.ts";
import { useDirectory } from "../desk/directory.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { Sheet } from "../picker/Sheet.tsx";
import { useToasts } from "../toast/toast.ts";
import { useOffers } from "./offers.ts";
import { NO_TERMS, useTerms } from "./terms.ts";
import { WorkTray } from "./WorkTray.tsx";
import { takeWrapUp, useWrapUps } from "./wrap-ups.ts";

let server: ApiServer;

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  server = new ApiServer();
  for (const how of ["accept", "decline", "complete"])
    server.on(`POST /v1/routing/work-items/w1/${how}`, resource("work_item", "w1", {}));
  const desk = emptyDesk(ME);
  confirm(
    desk,
    aConversation({ id: "c1", customerName: "Maya Lindqvist", preview: "The lid does not close" }),
  );
  replaceDesk(desk);
  useDirectory.setState({ queues: [{ id: "q1", name: "Orders" }] });
});

afterEach(() => {
  useOffers.setState({ offers: [] });
  useToasts.setState({ toasts: [] });
  useWrapUps.setState({ wrapUps: [] });
  useTerms.setState(NO_TERMS);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** As long ago as it takes for its keys to count. */
function offered(until = "2026-11-24T12:00:30.000Z"): void {
  act(() =>
    useOffers.setState({
      offers: [
        {
          item: "w1",
          conversation: "c1",
          queue: "q1",
          until,
          endsAt: Date.now() + 30_000,
          lastsMs: 30_000,
          why: "You have the most room.",
          isAnswered: false,
        },
      ],
    }),
  );
}

function asked(how: string): number {
  return server.bodies(`POST /v1/routing/work-items/w1/${how}`).length;
}

it("says who it is, from where, with what and why, and how long there is", async () => {
  render(<WorkTray />);
  offered();

  const card = screen.getByRole("listitem", { name: "Maya Lindqvist" });
  expect(card.textContent).toContain("from Orders");
  expect(card.textContent).toContain("The lid does not close");
  expect(card.textContent).toContain("You have the most room.");
  expect(card.textContent).toContain("30 seconds left");
  act(() => vi.advanceTimersByTime(2_000));
  expect(card.textContent).toContain("28 seconds left");
});

it("is announced once, however often it is drawn", async () => {
  render(<WorkTray />);
  offered();
  act(() => vi.advanceTimersByTime(10));
  const said = screen.getByRole("status").textContent;
  expect(said).toBe("New conversation for you: Maya Lindqvist, from Orders. 30 seconds to accept.");

  act(() => vi.advanceTimersByTime(5_000));
  act(() =>
    changeDesk((desk) => {
      confirm(desk, aConversation({ id: "c1", customerName: "Maya", position: 99 }));
    }),
  );
  act(() => vi.advanceTimersByTime(5_000));

  expect(screen.getByRole("status").textContent).toBe(said);
});

it("is announced again when the same work is offered once more", () => {
  render(<WorkTray />);
  offered();
  act(() => vi.advanceTimersByTime(10));

  act(() => useOffers.setState({ offers: [] }));
  expect(screen.getByRole("status").textContent).toBe("");
  offered("2026-11-24T12:05:30.000Z");
  act(() => vi.advanceTimersByTime(10));

  expect(screen.getByRole("status").textContent).toContain("Maya Lindqvist");
});

it("is accepted by Enter, but not in the moment in which it comes up", async () => {
  render(<WorkTray />);
  offered();

  fireEvent.keyDown(document.body, { key: "Enter" });
  expect(asked("accept")).toBe(0);
  act(() => vi.advanceTimersByTime(800));
  fireEvent.keyDown(document.body, { key: "Enter" });

  await waitFor(() => expect(asked("accept")).toBe(1));
});

it("leaves keys alone that write something or belong to a button, and Escape always", async () => {
  render(
    <>
      <input aria-label="Words" />
      <button type="button">Other</button>
      <WorkTray />
    </>,
  );
  offered();
  act(() => vi.advanceTimersByTime(800));

  fireEvent.keyDown(screen.getByLabelText("Words"), { key: "Enter" });
  fireEvent.keyDown(screen.getByLabelText("Words"), { key: "x" });
  screen.getByRole("button", { name: "Other" }).focus();
  fireEvent.keyDown(screen.getByRole("button", { name: "Other" }), { key: "Enter" });
  fireEvent.keyDown(document.body, { key: "Escape" });
  expect([asked("accept"), asked("decline")]).toEqual([0, 0]);
  fireEvent.keyDown(document.body, { key: "x" });

  await waitFor(() => expect(asked("decline")).toBe(1));
});

it("is accepted by Enter where a button was merely clicked last", async () => {
  render(
    <>
      <button type="button">Other</button>
      <WorkTray />
    </>,
  );
  offered();
  act(() => vi.advanceTimersByTime(800));
  const other = screen.getByRole("button", { name: "Other" });

  fireEvent.pointerDown(other);
  other.focus();
  fireEvent.keyDown(other, { key: "Enter" });

  await waitFor(() => expect(asked("accept")).toBe(1));
});

it("is in reach while a sheet is open, says so there, and leaves one at what one does", async () => {
  const { rerender } = render(<WorkTray />);
  rerender(
    <>
      <WorkTray />
      <Sheet title="New view" anchor={null} onClose={() => undefined}>
        <button type="button">Save</button>
      </Sheet>
    </>,
  );
  const before = location.hash;
  offered();
  act(() => vi.advanceTimersByTime(10));

  const sheet = screen.getByRole("dialog", { name: "New view" });
  expect(within(sheet).getByRole("status").textContent).toContain("Maya Lindqvist");
  fireEvent.click(within(sheet).getByRole("button", { name: /^Accept/ }));

  await waitFor(() => expect(screen.queryByRole("button", { name: /^Accept/ })).toBeNull());
  expect(asked("accept")).toBe(1);
  expect(location.hash).toBe(before);
  expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual(["Accepted. It is in My work."]);
});

it("comes back to its place, without another word, when the sheet closes", () => {
  const { rerender } = render(
    <>
      <WorkTray />
      <Sheet title="New view" anchor={null} onClose={() => undefined}>
        Words
      </Sheet>
    </>,
  );
  offered();
  act(() => vi.advanceTimersByTime(10));

  rerender(<WorkTray />);
  act(() => vi.advanceTimersByTime(2_000));

  expect(screen.getByRole("listitem", { name: "Maya Lindqvist" })).toBeDefined();
  expect(screen.getByRole("status").textContent).toBe("");
});

it("keeps what is being wrapped up in sight until the agent is through with it", async () => {
  server.on("GET /v1/routing/conversations/c1/work-items?page=1&pageSize=1", [
    200,
    {
      data: [
        {
          type: "work_item",
          id: "w1",
          attributes: {
            status: "wrap_up",
            changedAt: "2026-11-24T12:00:00.000Z",
            wrapUpUntil: "2026-11-24T12:01:00.000Z",
            remaining: 60_000,
          },
          relationships: { conversation: { data: { id: "c1" } } },
        },
      ],
    },
  ]);
  changeDesk((desk) => confirm(desk, aConversation({ id: "c1", assignedUsers: [ME], position: 50 })));
  useTerms.setState({ wrapUpSeconds: 60 });
  render(<WorkTray />);

  act(() =>
    takeWrapUp({
      kind: "conversation.updated",
      at: "2026-11-24T12:00:00.000Z",
      data: {
        conversation: "c1",
        customer: "k1",
        changes: { status: { before: "open", after: "done" } },
        cause: null,
      },
    }),
  );
  fireEvent.click(await screen.findByRole("button", { name: /^Finish wrapping up/ }));

  await waitFor(() => expect(screen.queryByRole("region")).toBeNull());
  expect(asked("complete")).toBe(1);
});
