import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal } from "../api/testing.ts";
import { confirm, emptyDesk, setListState, takePage } from "../desk/desk.ts";
import { changeDesk, currentDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { useLive } from "../live/live.ts";
import { ConversationList } from "./ConversationList.tsx";

const SECOND = "GET /v1/conversations?status=open&sort=-lastActivityAt&page=1&pageSize=50";

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on(SECOND, refusal(503));
  replaceDesk(emptyDesk(ME));
  changeDesk((desk) => {
    const rows = [aConversation()];
    for (const row of rows) confirm(desk, row);
    takePage(desk, "all", rows, { isFirst: true, isLast: false });
    setListState(desk, "all", "failed");
  });
  render(<ConversationList list="all" open={null} filter="" />);
});

afterEach(() => {
  replaceDesk(emptyDesk(ME));
  vi.unstubAllGlobals();
});

const asked = () => server.asked.filter(({ path }) => path.startsWith("/v1/conversations?")).length;

it("says that there is more than it could load, and loads it when told to", async () => {
  expect(screen.getByRole("alert").textContent).toContain("The rest of this list could not be loaded.");

  server.on(SECOND, [200, { data: [], meta: { totalPages: 1 } }]);
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));

  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(currentDesk().lists.all.isComplete).toBe(true);
});

it("asks by itself when the server is back", async () => {
  act(() => useLive.setState({ state: "offline" }));
  expect(asked()).toBe(0);

  act(() => useLive.setState({ state: "online" }));

  await waitFor(() => expect(asked()).toBe(1));
});
