import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { useNavigation } from "../navigation/navigation.ts";
import { EMPTY_SEARCH, HOME } from "../navigation/route.ts";
import { useToasts } from "../toast/toast.ts";
import { DeskScreen } from "./DeskScreen.tsx";

const openDesk = vi.hoisted(() => vi.fn());
vi.mock("./desk-session.ts", () => ({ openDesk, closeDesk: () => undefined }));
vi.mock("../search/SearchScreen.tsx", () => {
  throw new TypeError("Failed to fetch dynamically imported module");
});

const ME = { id: "u1", email: "ana@shop.test", displayName: "Ana", isAdmin: false };

beforeEach(() => {
  new ApiServer();
  openDesk.mockReset().mockResolvedValue(undefined);
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

  render(<DeskScreen me={ME} route={route} />);

  await vi.waitFor(() => expect(useNavigation.getState().route).toMatchObject({ list: "snoozed" }));
  expect(screen.getByRole("button", { name: "Reload" })).toBeTruthy();
});

it("tries again by itself where the desk could not be loaded", async () => {
  vi.useFakeTimers();
  openDesk.mockRejectedValueOnce(new Error("busy"));
  render(<DeskScreen me={ME} route={HOME} />);
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect(screen.queryByRole("navigation", { name: "Lists" })).toBeNull();

  await act(() => vi.advanceTimersByTimeAsync(11_000));

  expect(screen.getByRole("navigation", { name: "Lists" })).toBeTruthy();
  vi.useRealTimers();
});
