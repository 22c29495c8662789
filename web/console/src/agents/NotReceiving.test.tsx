// @vitest-environment happy-dom
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, resource } from "../api/testing.ts";
import { emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { ME } from "../desk/testing.ts";
import type { Presence } from "../desk/types.ts";
import { useLive } from "../live/live.ts";
import { useSession } from "../session/session.ts";
import { NotReceiving } from "./NotReceiving.tsx";

const PUT = `PUT /v1/routing/users/${ME}/status`;
let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  server.on(PUT, resource("status", ME, {}));
  useSession.setState({ me: { id: ME, displayName: "Ana", email: "ana@shop.example", isAdmin: false } });
  useLive.setState({ state: "online" });
  replaceDesk(emptyDesk(ME));
});

afterEach(() => {
  replaceDesk(emptyDesk(ME));
  vi.unstubAllGlobals();
});

function isNow(status: Presence, reason: string | null = null): void {
  act(() =>
    changeDesk((desk) => {
      const displayName = "Ana";
      desk.agents.set(ME, {
        id: ME,
        displayName,
        status,
        reason,
        changedAt: null,
        load: null,
        capacity: null,
      });
      desk.version += 1;
    }),
  );
}

it("asks whoever never said a status, and one press is the answer", async () => {
  render(<NotReceiving />);
  expect(screen.getByRole("status").textContent).toContain("You are not receiving conversations.");

  await userEvent.click(screen.getByRole("button", { name: "Go available" }));

  expect(server.bodies(PUT)).toEqual([{ status: "available" }]);
  expect(screen.queryByRole("status")).toBeNull();
});

it("says to one who was cut off why nothing comes", () => {
  render(<NotReceiving />);
  isNow("offline", "connection_lost");
  expect(screen.getByRole("status").textContent).toContain("You were disconnected for a while");
});

it("leaves those alone who chose to be busy or away, and says nothing where nothing could come", () => {
  render(<NotReceiving />);
  isNow("busy");
  expect(screen.queryByRole("status")).toBeNull();
  isNow("offline");
  expect(screen.queryByRole("status")).not.toBeNull();
  act(() => useLive.setState({ state: "offline" }));
  expect(screen.queryByRole("status")).toBeNull();
});
