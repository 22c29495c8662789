import { upcomingTime } from "@kithdesk/ui";
import { cleanup } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { App } from "../App.tsx";
import { now, TestPanel } from "../testPanel.tsx";
import { hoursAt } from "./hours.ts";

const OPEN = {
  open: true,
  nextClosingAt: "2026-11-30T17:00:00.000Z",
  nextOpeningAt: "2026-12-01T09:00:00.000Z",
};
const CLOSED = {
  open: false,
  nextOpeningAt: "2026-11-30T09:00:00.000Z",
  nextClosingAt: "2026-11-30T17:00:00.000Z",
};

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function shown(settings: object, at: string) {
  vi.setSystemTime(at);
  const panel = new TestPanel({ offhoursDisplay: "offline", offhoursMessage: "We sleep.", ...settings });
  const { container } = panel.show(<App />);
  await now();
  await vi.waitFor(() => expect(container.querySelector("h1")).not.toBeNull());
  return container;
}

/** As the visitor reads it, wherever this runs. */
const said = (at: string) => upcomingTime(at, Date.now(), { locale: "en" });

test("the header says until when it is open, and follows when it closes", async () => {
  const panel = await shown({ businessHours: OPEN }, "2026-11-30T16:59:00.000Z");
  await vi.waitFor(() => expect(panel.textContent).toContain(`Open until ${said(OPEN.nextClosingAt)}`));

  await vi.advanceTimersByTimeAsync(61_000);

  expect(panel.textContent).toContain(`Closed, opens ${said(OPEN.nextOpeningAt)}`);
});

test("away, the message for it takes the place of the other one, until they are back", async () => {
  const settings = { businessHours: CLOSED, waitMessage: "A minute, mostly." };

  const early = await shown(settings, "2026-11-30T08:00:00.000Z");
  expect(early.textContent).toContain("We sleep.");
  expect(early.textContent).not.toContain("A minute");
  cleanup();

  const late = await shown(settings, "2026-11-30T09:00:00.000Z");
  expect(late.textContent).not.toContain("We sleep.");
  expect(late.textContent).toContain("A minute, mostly.");
});

test("online, it says its hours and nothing of being away", async () => {
  const panel = await shown({ businessHours: CLOSED, offhoursDisplay: "online" }, "2026-11-30T08:00:00.000Z");

  await vi.waitFor(() => expect(panel.textContent).toContain(`Closed, opens ${said(CLOSED.nextOpeningAt)}`));
  expect(panel.textContent).not.toContain("We sleep.");
});

test("nothing is claimed once more has changed than the server told of", () => {
  expect(hoursAt(OPEN, Date.parse("2026-11-30T16:00:00.000Z"))).toEqual({
    open: true,
    until: OPEN.nextClosingAt,
  });
  expect(hoursAt(OPEN, Date.parse(OPEN.nextClosingAt))).toEqual({ open: false, until: OPEN.nextOpeningAt });
  expect(hoursAt(OPEN, Date.parse(OPEN.nextOpeningAt))).toBeNull();
  expect(hoursAt({ ...OPEN, nextOpeningAt: null }, Date.parse("2027-11-30T17:00:00.000Z"))).toEqual({
    open: false,
    until: null,
  });
});
