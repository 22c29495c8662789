import { act, render, screen } from "@testing-library/react";
import { Profiler } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Countdown } from "./Countdown.tsx";
import { aClock, anSla } from "./testing.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-24T12:47:30.000Z") });
});

afterEach(() => {
  vi.useRealTimers();
});

it("counts down by itself, and is drawn again only when its words change", () => {
  let drawn = 0;
  render(
    <Profiler id="list" onRender={() => (drawn += 1)}>
      <Countdown sla={anSla()} isLong />
    </Profiler>,
  );
  expect(screen.getByText("12 min")).toBeDefined();
  drawn = 0;

  act(() => vi.advanceTimersByTime(60_000));

  expect(screen.getByText("11 min")).toBeDefined();
  expect(drawn).toBe(1);
});

it("keeps no timer for nobody", () => {
  const { unmount } = render(<Countdown sla={anSla()} />);
  const before = vi.getTimerCount();

  unmount();

  expect(vi.getTimerCount()).toBe(before - 1);
});

it("says in words what its colours say, and the exact time", () => {
  const { rerender } = render(<Countdown sla={anSla({ firstResponse: aClock({ warned: true }) })} />);
  const due = screen.getByRole("time");
  expect(due.textContent).toBe("soon:First answer due in12 min");
  expect(due.getAttribute("title")).toMatch(/^First answer due .*2026.* · Gold$/);

  rerender(
    <Countdown
      sla={anSla({ nextReply: aClock({ breached: true, breachAt: "2026-11-24T12:00:00.000Z" }) })}
    />,
  );

  expect(screen.getByRole("time").textContent).toBe("Next answer:47 min late");
  expect(screen.getByRole("time").getAttribute("title")).toMatch(/^Next answer was due .*2026.* · Gold$/);
});

it("says that clocks stand still", () => {
  render(
    <Countdown
      sla={anSla({ nextReply: aClock({ status: "paused", breachAt: null }) }, { status: "paused" })}
    />,
  );

  expect(screen.getByText("Paused")).toBeDefined();
});

it("is not there when nothing is promised", () => {
  const { container } = render(<Countdown sla={null} />);

  expect(container.childElementCount).toBe(0);
});
