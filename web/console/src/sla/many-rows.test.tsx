import { act, render, screen } from "@testing-library/react";
import { Profiler } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { confirm, emptyDesk } from "../desk/desk.ts";
import { replaceDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { ConversationRows } from "../inbox/ConversationRows.tsx";
import { aClock, anSla } from "./testing.ts";

const NOW = Date.parse("2026-11-24T12:00:00.000Z");
const MINUTE = 60_000;
const ROWS = 10_000;
/** Of which 900 pixels show fifteen, and eight more are kept ready. */
const MOST_DRAWN = 30;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  // The test's document lays nothing out, and a list without height has no rows.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(900);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(320);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The first is late, the next is due in this minute, and so on: a view in the order of what is due. */
function aDeskByDueTime(): string[] {
  const desk = emptyDesk(ME);
  const ids = Array.from({ length: ROWS }, (_, index) => `c${index}`);
  ids.forEach((id, index) => {
    const clock = aClock({
      breachAt: new Date(NOW + (index - 1) * MINUTE).toISOString(),
      breached: index === 0,
      warned: index < 10,
    });
    confirm(desk, aConversation({ id, customerName: `Customer ${index}`, sla: anSla({ nextReply: clock }) }));
  });
  replaceDesk(desk);
  return ids;
}

it("counts down on ten thousand rows by one timer, and draws those that one sees", () => {
  const ids = aDeskByDueTime();
  const timers = vi.getTimerCount();
  let drawn = 0;
  render(
    <Profiler id="rows" onRender={() => (drawn += 1)}>
      <ConversationRows
        label="At risk"
        ids={ids}
        open={null}
        showsAssignee={false}
        isComplete
        onNearEnd={undefined}
      />
    </Profiler>,
  );
  act(() => vi.advanceTimersByTime(0));

  const rows = screen.getAllByRole("option");
  expect(rows.length).toBeLessThanOrEqual(MOST_DRAWN);
  expect(rows.slice(0, 4).map((row) => row.querySelector(".due")?.textContent)).toEqual([
    "Next answer:1 min late",
    "soon:Next answer due innow",
    "soon:Next answer due in1 min",
    "soon:Next answer due in2 min",
  ]);
  expect(rows[0]?.getAttribute("aria-setsize")).toBe(String(ROWS));
  expect(vi.getTimerCount() - timers).toBe(1);

  drawn = 0;
  act(() => vi.advanceTimersByTime(1_000));

  expect(rows[3]?.querySelector(".due")?.textContent).toContain("due in1 min");
  expect(drawn).toBe(1);
});
