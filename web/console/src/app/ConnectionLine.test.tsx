import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { disconnect, useLive } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { ConnectionLine } from "./ConnectionLine.tsx";

const A_WHILE_MS = 2_500;

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  // The whole of a wait is chance: this one would be long.
  vi.spyOn(Math, "random").mockReturnValue(0.999);
});

afterEach(() => {
  disconnect();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it("says nothing of a lost second", async () => {
  const live = new LiveServer();
  await live.connects();
  render(<ConnectionLine />);

  act(() => live.breaksOff());

  expect(screen.getByRole("status").textContent).toBe("");
});

it("says that it is connecting again, and does so at once when asked to", async () => {
  const live = new LiveServer();
  await live.connects();
  render(<ConnectionLine />);
  act(() => useLive.setState({ state: "offline" }));
  await act(() => vi.advanceTimersByTimeAsync(A_WHILE_MS));
  expect(screen.getByRole("status").textContent).toContain("Reconnecting…");
  const before = live.of("hello").length;

  await userEvent.click(screen.getByRole("button", { name: "Try now" }));

  await vi.waitFor(() => expect(live.of("hello")).toHaveLength(before + 1));
});
