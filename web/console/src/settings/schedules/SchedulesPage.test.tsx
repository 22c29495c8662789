import { configure, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../../api/testing.ts";
import { useToasts } from "../../toast/toast.ts";
import { SchedulesPage } from "./SchedulesPage.tsx";

const WORKDAY = [[540, 1_020]];
const OFFICE = {
  name: "Office",
  timezone: "Europe/Berlin",
  hours: { 0: [], 1: WORKDAY, 2: WORKDAY, 3: WORKDAY, 4: WORKDAY, 5: WORKDAY, 6: [] },
  default: true,
  holidays: null,
  dates: [],
  open: true,
  nextOpeningAt: "2030-01-02T08:00:00.000Z",
  nextClosingAt: "2030-01-01T16:00:00.000Z",
};
const CHRISTMAS = { date: "2026-12-25", name: "Christmas Day", hours: [], own: false };
const LIST = "GET /v1/schedules?page=1&pageSize=100";

let server: ApiServer;

// Whether each of hundreds of cells can be seen is not what is asked here, and takes seconds.
configure({ defaultHidden: true });

beforeEach(() => {
  server = new ApiServer();
  server.on(LIST, [200, { data: [{ type: "schedule", id: "s1", attributes: OFFICE }] }]);
  server.on("GET /v1/schedules/countries?page=1&pageSize=100", [
    200,
    { data: ["DE", "WS"].map((id) => ({ type: "country", id, attributes: {} })) },
  ]);
  server.on(
    "GET /v1/schedules/countries/DE",
    resource("country", "DE", {
      subdivisions: [{ code: "BY", name: "Bayern" }],
      categories: ["public", "catholic"],
    }),
  );
  server.on(
    "POST /v1/schedules/preview",
    resource("schedule_preview", "", { ...OFFICE, daysOff: [CHRISTMAS] }),
  );
  server.on("PUT /v1/schedules/s1", resource("schedule", "s1", OFFICE));
  server.on("POST /v1/schedules", resource("schedule", "s2", { ...OFFICE, name: "Night" }));
});

afterEach(() => {
  useToasts.setState({ toasts: [] });
  vi.unstubAllGlobals();
});

async function opened(id = "s1") {
  render(<SchedulesPage path={[id]} />);
  return await screen.findByRole("grid");
}

async function saved(method: string): Promise<Record<string, unknown>> {
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(server.bodies(method)).toHaveLength(1));
  return server.bodies(method)[0] as Record<string, unknown>;
}

/** By the day, from 0 for Sunday, and the half hour. */
function cell(day: number, halfHour: number): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-day="${day}"][data-cell="${halfHour}"]`);
  if (found === null) throw new Error("no such cell");
  return found;
}

function isSaidOf(element: HTMLElement): string {
  return element.getAttribute("aria-label")?.replaceAll("\u202f", " ") ?? "";
}

it("lists schedules with the time there and what comes next", async () => {
  render(<SchedulesPage path={[]} />);

  const office = await screen.findByRole("link", { name: /Office/ });

  expect(office.textContent).toMatch(/Now \d.* in Europe\/Berlin · open until Jan 1/);
  expect(office.textContent).toContain("Open now");
  expect(office.textContent).toContain("Default");
});

it("says what business hours are for while there are none", async () => {
  server.on(LIST, [200, { data: [] }]);
  render(<SchedulesPage path={[]} />);

  await screen.findByText("No business hours yet");
});

it("opens and closes half hours by the keyboard, and sends the week alone", async () => {
  await opened();
  const nine = cell(1, 18);
  expect(isSaidOf(nine)).toBe("Monday 9:00 AM to 9:30 AM, open");

  nine.focus();
  await userEvent.keyboard(
    " {Shift>}{ArrowRight}{/Shift}{ArrowDown}{Home}{Shift>}{ArrowRight}{/Shift}{End} ",
  );

  const { hours, ...rest } = await saved("PUT /v1/schedules/s1");
  expect(rest).toEqual({});
  expect(hours).toEqual({
    ...OFFICE.hours,
    1: [[600, 1_020]],
    2: [
      [540, 1_020],
      [1_410, 1_440],
    ],
  });
});

it("draws over several days at once, and gives back what a smaller stroke leaves out", async () => {
  await opened();
  const at = (element: HTMLElement) => Object.assign(document, { elementFromPoint: () => element });
  const [from, far, near] = [cell(6, 20), cell(0, 25), cell(0, 23)];

  at(from);
  fireEvent.pointerDown(from, { button: 0 });
  at(far);
  fireEvent.pointerMove(far);
  at(near);
  fireEvent.pointerMove(near);
  fireEvent.pointerUp(near);

  const { hours } = await saved("PUT /v1/schedules/s1");
  expect(hours).toEqual({ ...OFFICE.hours, 0: [[600, 720]], 6: [[600, 720]] });
});

it("takes a day to the minute, past midnight too, and copies it", async () => {
  await opened();
  await userEvent.click(screen.getByRole("button", { name: /^Monday.*Set exact times/ }));
  const monday = screen.getByRole("group", { name: "Exact times on Monday" });

  fireEvent.change(within(monday).getByLabelText("From"), { target: { value: "21:05" } });
  fireEvent.change(within(monday).getByLabelText("Until"), { target: { value: "02:10" } });
  expect(within(monday).getByText("the next day")).toBeDefined();
  expect(isSaidOf(cell(2, 3))).toBe("Tuesday 1:30 AM to 2:00 AM, open from the evening before");
  const [copy] = screen.getAllByRole("button", { name: "Copy to every day" });
  await userEvent.click(copy as HTMLElement);

  const { hours } = await saved("PUT /v1/schedules/s1");
  expect(Object.values(hours as object)).toEqual(Array(7).fill([[1_265, 130]]));
});

it("does not save hours that overlap, and says so", async () => {
  await opened();
  await userEvent.click(screen.getByRole("button", { name: /^Monday.*Set exact times/ }));
  const monday = screen.getByRole("group", { name: "Exact times on Monday" });
  await userEvent.click(within(monday).getByRole("button", { name: "Add hours" }));
  const second = within(monday).getAllByLabelText("From")[1];
  fireEvent.change(second as HTMLElement, { target: { value: "16:00" } });

  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  expect(within(monday).getByRole("alert").textContent).toBe("These hours overlap or take no time.");
  expect(server.bodies("PUT /v1/schedules/s1")).toEqual([]);
});

it("takes the holidays of a part of a country", async () => {
  await opened();

  await userEvent.selectOptions(await screen.findByLabelText("Country"), "DE");
  await userEvent.selectOptions(await screen.findByLabelText("Part of the country"), "Bayern");
  await userEvent.click(screen.getByLabelText("Catholic holidays"));

  expect(await saved("PUT /v1/schedules/s1")).toEqual({
    holidays: { country: "DE", subdivision: "BY", categories: ["public", "catholic"] },
  });
});

it("shows what comes of it, and opens on a holiday all the same", async () => {
  await opened();

  await userEvent.click(await screen.findByRole("button", { name: "Open anyway on Christmas Day" }));

  const dates = [{ date: "2026-12-25", name: "Christmas Day", hours: WORKDAY }];
  expect(await saved("PUT /v1/schedules/s1")).toEqual({ dates });
});

it("asks for a date's day and name before it saves", async () => {
  await opened();
  await userEvent.click(screen.getByRole("button", { name: "Add a date" }));
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(screen.getByText("A date and what it is.")).toBeDefined();

  fireEvent.change(screen.getByLabelText("Date"), { target: { value: "2026-12-31" } });
  await userEvent.type(screen.getByLabelText("What it is"), "Stocktaking");

  const dates = [{ date: "2026-12-31", name: "Stocktaking", hours: [] }];
  expect(await saved("PUT /v1/schedules/s1")).toEqual({ dates });
});

it("makes a new one from a preset in a zone that is looked up", async () => {
  await opened("new");
  await userEvent.type(screen.getByLabelText("Name"), "Night");
  await userEvent.click(screen.getByRole("button", { name: /^Time zone/ }));
  await userEvent.type(screen.getByRole("combobox", { name: "Time zone" }), "howe{Enter}");
  await userEvent.click(screen.getByRole("button", { name: "Day and night" }));
  await userEvent.click(screen.getByLabelText("Make it the default"));

  const sent = await saved("POST /v1/schedules");

  expect(sent).toMatchObject({ name: "Night", timezone: "Australia/Lord_Howe", default: true, dates: [] });
  expect(Object.values(sent.hours as object)).toEqual(Array(7).fill([[0, 1_440]]));
});

it("begins a new one where the default is, and the first where its maker sits", async () => {
  const zones = vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions");
  const known = new Intl.DateTimeFormat().resolvedOptions();
  zones.mockReturnValue({ ...known, timeZone: "Asia/Kathmandu" });
  const { unmount } = render(<SchedulesPage path={["new"]} />);
  await screen.findByRole("button", { name: "Time zone: Europe/Berlin" });
  unmount();

  server.on(LIST, [200, { data: [] }]);
  render(<SchedulesPage path={["new"]} />);

  await screen.findByRole("button", { name: "Time zone: Asia/Kathmandu" });
  zones.mockRestore();
});

it("says that hours go by another clock than one's own, and by none that a place has", async () => {
  const zones = vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions");
  const known = new Intl.DateTimeFormat().resolvedOptions();
  zones.mockReturnValue({ ...known, timeZone: "Asia/Kathmandu" });
  server.on(LIST, [
    200,
    { data: [{ type: "schedule", id: "s1", attributes: { ...OFFICE, timezone: "UTC" } }] },
  ]);
  await opened();
  expect(screen.getByText(/^It is .* there, and .* where you are$/)).toBeDefined();
  expect(screen.getByText(/^This is no place/)).toBeDefined();

  await userEvent.click(screen.getByRole("button", { name: "Use Asia/Kathmandu" }));

  expect(screen.getByText(/^It is [^,]* there$/)).toBeDefined();
  expect(screen.queryByText(/^This is no place/)).toBeNull();
  expect(await saved("PUT /v1/schedules/s1")).toEqual({ timezone: "Asia/Kathmandu" });
  zones.mockRestore();
});

it("says why it was not saved, and keeps what was written", async () => {
  server.on("PUT /v1/schedules/s1", refusal(409, "schedule_name_taken"));
  await opened();
  await userEvent.type(screen.getByLabelText("Name"), "s");

  await saved("PUT /v1/schedules/s1");

  await waitFor(() => expect(useToasts.getState().toasts[0]?.text).toMatch(/^Not saved/));
  expect(screen.getByLabelText("Name")).toHaveProperty("value", "Offices");
});

it("saves nothing over what a colleague has changed meanwhile, and shows how it is now", async () => {
  const shown = (attributes: object): void =>
    server.on(LIST, [
      200,
      { data: [{ type: "schedule", id: "s1", attributes: { ...OFFICE, ...attributes } }] },
    ]);
  shown({ rev: 3 });
  server.on("PUT /v1/schedules/s1", refusal(409, "conflict"));
  await opened();
  await userEvent.type(screen.getByLabelText("Name"), "s");

  expect(await saved("PUT /v1/schedules/s1")).toEqual({ name: "Offices", rev: 3 });
  await screen.findByText(/somebody else has changed this/);
  expect(screen.getByLabelText("Name")).toHaveProperty("value", "Offices");

  shown({ name: "Headquarters", rev: 4 });
  await userEvent.click(screen.getByRole("button", { name: "Load it anew" }));
  await screen.findByRole("heading", { name: "Headquarters" });
  expect(screen.getByLabelText("Name")).toHaveProperty("value", "Headquarters");
  expect(screen.queryByText(/somebody else has changed this/)).toBeNull();
});

it("offers to delete the default only when it is the last", async () => {
  const other = { type: "schedule", id: "s2", attributes: { ...OFFICE, name: "Night", default: false } };
  server.on(LIST, [200, { data: [{ type: "schedule", id: "s1", attributes: OFFICE }, other] }]);
  await opened();

  expect(screen.queryByRole("button", { name: "Delete" })).toBeNull();
});
