import { act, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal } from "../api/testing.ts";
import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, currentDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { currentPlace } from "../navigation/navigation.ts";
import { ViewColumn } from "./ViewColumn.tsx";
import { useViews } from "./views.ts";

const SEARCH = "POST /v1/conversations/search?page=1&pageSize=50";
const A_WHILE_MS = 2_500;

let server: ApiServer;

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  server = new ApiServer();
  replaceDesk(emptyDesk(ME));
  const view = {
    id: "v1",
    name: "Gold",
    context: "conversation" as const,
    query: { and: [] },
    isShared: false,
  };
  useViews.setState({ state: "ready", views: [view], counts: new Map() });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function answer(...ids: string[]) {
  const data = ids.map((id) => ({
    type: "conversation",
    id,
    attributes: { customerName: id, status: "open" },
  }));
  server.on(SEARCH, [200, { data, meta: { total: ids.length } }]);
}

it("asks for what the view describes, the newest first, and gives it to the desk", async () => {
  answer("c1", "c2");

  render(<ViewColumn view="v1" open={null} isReady />);

  await waitFor(() => expect(screen.getByTitle("2 conversations")).toBeTruthy());
  expect(server.bodies(SEARCH)).toEqual([
    { and: [], sort: [{ conversation_updated_at: "desc" }], queryContext: "conversation" },
  ]);
  expect([...currentDesk().conversations.keys()]).toEqual(["c1", "c2"]);
});

it("asks again when something happened, and not for what it brought itself", async () => {
  answer("c1");
  render(<ViewColumn view="v1" open={null} isReady />);
  await waitFor(() => expect(screen.getByTitle("1 conversation")).toBeTruthy());
  await act(() => vi.advanceTimersByTimeAsync(A_WHILE_MS));
  expect(server.bodies(SEARCH)).toHaveLength(1);

  answer("c1", "c2");
  act(() => changeDesk((desk) => confirm(desk, aConversation({ id: "c2" }))));
  await act(() => vi.advanceTimersByTimeAsync(A_WHILE_MS));

  await waitFor(() => expect(screen.getByTitle("2 conversations")).toBeTruthy());
});

it("waits for an answer that takes long, whatever happens, and asks again once it is there", async () => {
  answer("c1");
  render(<ViewColumn view="v1" open={null} isReady />);
  await waitFor(() => expect(screen.getByTitle("1 conversation")).toBeTruthy());
  const late = server.late(SEARCH);
  for (const id of ["c2", "c3", "c4"]) {
    act(() => changeDesk((desk) => confirm(desk, aConversation({ id }))));
    await act(() => vi.advanceTimersByTimeAsync(A_WHILE_MS));
  }
  expect(server.bodies(SEARCH)).toHaveLength(2);

  late([200, { data: [], meta: { total: 0 } }]);
  await act(() => vi.advanceTimersByTimeAsync(A_WHILE_MS));

  expect(server.bodies(SEARCH)).toHaveLength(3);
});

it("shows customers too, and opens the latest conversation of one", async () => {
  const [view] = useViews.getState().views;
  if (view !== undefined) useViews.setState({ views: [{ ...view, context: "customer" }] });
  server.on("POST /v1/customers/search?page=1&pageSize=50", [
    200,
    {
      data: [
        {
          type: "customer",
          id: "k1",
          attributes: { displayName: "Maya", emails: [{ email: "maya@example.com" }] },
        },
      ],
      meta: { total: 1 },
    },
  ]);
  server.on("GET /v1/customers/k1/conversations?page=1&pageSize=1", [
    200,
    { data: [{ type: "conversation", id: "c7", attributes: {} }] },
  ]);
  render(<ViewColumn view="v1" open={null} isReady />);
  await waitFor(() => expect(screen.getByTitle("1 customer")).toBeTruthy());

  act(() => screen.getByRole("button", { name: /maya@example.com/ }).click());

  await waitFor(() => expect(currentPlace().conversation).toBe("c7"));
});

it("says so when it is a colleague's own, or gone", () => {
  render(<ViewColumn view="other" open={null} isReady />);

  expect(screen.getByRole("alert").textContent).toContain("This view is not there");
});

it("shows what is behind a figure of the live board, which nobody saved and nobody edits", async () => {
  answer("c1");

  render(<ViewColumn view="late-all" open={null} isReady />);

  await waitFor(() => expect(screen.getByTitle("1 conversation")).toBeTruthy());
  expect(screen.getByRole("heading").textContent).toContain("All queues: late");
  expect(screen.queryByRole("button", { name: /Edit/u })).toBeNull();
  expect(screen.getByRole("link", { name: "Back to the live board" }).getAttribute("href")).toBe("#/board");
});

it("says so when it asks for what is not there any more", async () => {
  server.on(SEARCH, refusal(400, "bad_criterion"));

  render(<ViewColumn view="v1" open={null} isReady />);

  expect((await screen.findByRole("alert")).textContent).toContain("not there any more");
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});
