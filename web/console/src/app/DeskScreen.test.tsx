import { render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { useNavigation } from "../navigation/navigation.ts";
import { EMPTY_SEARCH, HOME } from "../navigation/route.ts";
import { useToasts } from "../toast/toast.ts";
import { DeskScreen } from "./DeskScreen.tsx";

vi.mock("./desk-session.ts", () => ({ openDesk: async () => undefined, closeDesk: () => undefined }));
vi.mock("../search/SearchScreen.tsx", () => {
  throw new TypeError("Failed to fetch dynamically imported module");
});

beforeEach(() => {
  new ApiServer();
  useToasts.setState({ toasts: [] });
  // React says on the console what it caught.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it("goes back to the desk, with all that is on it, when a screen is no longer there to fetch", async () => {
  const route = EMPTY_SEARCH;
  useNavigation.setState({ route, inbox: { ...HOME, list: "snoozed" } });
  const me = { id: "u1", email: "ana@shop.test", displayName: "Ana", isAdmin: false } as never;

  render(<DeskScreen me={me} route={route} />);

  await vi.waitFor(() => expect(useNavigation.getState().route).toMatchObject({ list: "snoozed" }));
  expect(screen.getByRole("button", { name: "Reload" })).toBeTruthy();
});
