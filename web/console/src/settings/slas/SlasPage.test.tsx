import { configure, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";

import { ApiServer, refusal, resource } from "../../api/testing.ts";
import { useToasts } from "../../toast/toast.ts";
import { SlasPage } from "./SlasPage.tsx";

const GOLD = {
  name: "Gold",
  criteria: { and: [{ conversation_channels: { in: ["chat"] } }] },
  metrics: { firstResponse: { seconds: 3_600, byPriority: { 5: 300 } } },
  schedule: "h1",
  pauseOnSnooze: true,
  warnBefore: 600,
  currentVersion: 2,
  enabled: true,
};
const REST = { ...GOLD, name: "Rest", criteria: {}, schedule: null, warnBefore: null, enabled: false };
const LIST = "GET /v1/slas?page=1&pageSize=100";
const SEARCH = "POST /v1/conversations/search?page=1&pageSize=1";

let server: ApiServer;

// Whether each of many fields can be seen is not what is asked here, and takes seconds.
configure({ defaultHidden: true });

beforeEach(() => {
  server = new ApiServer();
  server.on(LIST, [200, { data: [sla("s1", GOLD), sla("s2", REST)] }]);
  const office = { name: "Office", timezone: "UTC", hours: {}, dates: [] };
  server.on("GET /v1/schedules?page=1&pageSize=100", [
    200,
    { data: [{ type: "schedule", id: "h1", attributes: office }] },
  ]);
  server.on("GET /v1/slas/s1?versions=all", [
    200,
    { data: sla("s1", GOLD), included: [version(1, 7_200), version(2, 3_600)] },
  ]);
  server.on("PUT /v1/slas/s1", resource("sla", "s1", GOLD));
  server.on("POST /v1/slas", resource("sla", "s3", { ...GOLD, name: "New" }));
});

function sla(id: string, attributes: object) {
  return { type: "sla", id, attributes };
}

function version(number: number, seconds: number) {
  const metrics = { firstResponse: { seconds, byPriority: {} } };
  const attributes = { ...GOLD, metrics, version: number, createdAt: "2026-11-24T12:00:00.000Z" };
  return { type: "sla_version", id: `v${number}`, attributes };
}

async function opened(id = "s1") {
  render(<SlasPage path={[id]} />);
  await screen.findByRole("button", { name: "Save" });
}

async function saved(what: string) {
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  return server.bodies(what).at(-1);
}

it("lists them in the order in which they are asked, in words", async () => {
  render(<SlasPage path={[]} />);

  const rows = within(await screen.findByRole("list", { name: /^Service levels/ })).getAllByRole("listitem");
  expect(rows.map((row) => row.textContent)).toEqual([
    "1GoldChannel is one of ChatFirst answer within 1 h, 5 min at priority 5",
    "2RestEvery conversationFirst answer within 1 h, 5 min at priority 5Off",
  ]);
});

it("says which is never asked, as one above it is for every conversation", async () => {
  server.on(LIST, [200, { data: [sla("s2", { ...REST, enabled: true }), sla("s1", GOLD)] }]);
  render(<SlasPage path={[]} />);

  const rows = within(await screen.findByRole("list", { name: /^Service levels/ })).getAllByRole("listitem");
  expect(rows.map((row) => row.textContent?.includes("Never asked: Rest, above it"))).toEqual([false, true]);
});

it("asks them in another order, by keyboard, and says so", async () => {
  server.on("PUT /v1/slas/order", [200, { data: [sla("s2", REST), sla("s1", GOLD)] }]);
  render(<SlasPage path={[]} />);

  (await screen.findByRole("button", { name: "Ask Rest earlier" })).focus();
  await userEvent.keyboard("{Enter}");

  expect(server.bodies("PUT /v1/slas/order")).toEqual([{ slas: ["s2", "s1"] }]);
  expect(screen.getByRole("status").textContent).toBe("Rest is now number 1 of 2");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Ask Rest earlier");
});

it("says what there will be where there is none", async () => {
  server.on(LIST, [200, { data: [] }]);
  render(<SlasPage path={[]} />);

  await screen.findByText("Nothing is promised yet");
  expect(screen.getByText(/^Say what is promised, such as a first answer within 1 hour/)).toBeDefined();
});

it("says each promise whole: within which time, of whose hours, and what snoozing does", async () => {
  await opened();
  expect(
    screen.getByText(
      "First answer within 1 h, 5 min at priority 5, counted in the hours of Office; paused while snoozed.",
    ),
  ).toBeDefined();
  expect(screen.getByText("Agents are warned 10 min before.")).toBeDefined();

  await userEvent.selectOptions(screen.getByLabelText("Business hours"), "All hours, day and night");
  await userEvent.click(screen.getByLabelText("Stand still while snoozed"));
  await userEvent.click(screen.getByRole("checkbox", { name: "Until it is done" }));
  await userEvent.type(screen.getByLabelText("Until it is done: within"), "8");

  expect(screen.getByText("Done within 8 h, counted day and night; also while snoozed.")).toBeDefined();
});

it("makes one: for whom, within which time, and by priority", async () => {
  await opened("new");
  await userEvent.type(screen.getByLabelText("Name"), "New");
  await userEvent.click(screen.getByRole("button", { name: "Add a condition" }));
  await userEvent.type(screen.getByRole("combobox", { name: "What" }), "channel{Enter}");
  await userEvent.click(screen.getByRole("button", { name: "Email" }));
  await userEvent.click(screen.getByRole("button", { name: "Other times by priority" }));
  await userEvent.type(screen.getByLabelText("First answer: within, Priority 4"), "0.5");
  await userEvent.click(screen.getByRole("checkbox", { name: "Next answer" }));
  await userEvent.type(screen.getByLabelText("Next answer: within"), "30");
  await userEvent.selectOptions(screen.getByLabelText("Next answer: within: unit"), "minutes");
  await userEvent.selectOptions(screen.getByLabelText("Business hours"), "Office");
  await userEvent.click(screen.getByLabelText("Warn before something is late"));

  expect(await saved("POST /v1/slas")).toEqual({
    name: "New",
    enabled: true,
    criteria: { and: [{ conversation_channels: { in: ["email"] } }] },
    metrics: {
      firstResponse: { seconds: 3_600, byPriority: { 4: 1_800 } },
      nextReply: { seconds: 1_800, byPriority: {} },
    },
    schedule: "h1",
    pauseOnSnooze: true,
    warnBefore: null,
  });
});

it("does not save what promises nothing, and says what is missing", async () => {
  await opened("new");
  await userEvent.click(screen.getByRole("checkbox", { name: "Next answer" }));

  await userEvent.click(screen.getByRole("button", { name: "Save" }));

  expect(screen.getByText("A service level has a name.")).toBeDefined();
  expect(screen.getByText("Say within which time.")).toBeDefined();
  await userEvent.click(screen.getByRole("checkbox", { name: "Next answer" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "First answer" }));
  expect(screen.getByText("Promise something at least.")).toBeDefined();
  expect(server.bodies("POST /v1/slas")).toEqual([]);
});

it("sends what has changed alone, and says before what that does to clocks that run", async () => {
  server.on(SEARCH, ({ body }) => {
    const isLate = JSON.stringify(body).includes("sla_breached");
    return [200, { data: [], meta: { total: isLate ? 3 : 12 } }];
  });
  await opened();
  expect(await screen.findByText("12 conversations have it now, 3 with a broken promise.")).toBeDefined();
  expect(screen.getByText("Nothing has changed.")).toBeDefined();

  const time = screen.getByLabelText("First answer: within");
  await userEvent.clear(time);
  await userEvent.type(time, "2");

  expect(
    screen.getByText(/^This becomes version 3\. Conversations that have version 2 keep it/),
  ).toBeDefined();
  expect(await saved("PUT /v1/slas/s1")).toEqual({
    metrics: { firstResponse: { seconds: 7_200, byPriority: { 5: 300 } } },
  });
});

it("makes no version of switching it off", async () => {
  await opened();

  await userEvent.click(screen.getByLabelText("On"));

  expect(screen.queryByText(/^This becomes version/)).toBeNull();
  expect(screen.getByText(/^It matches nothing new/)).toBeDefined();
  expect(await saved("PUT /v1/slas/s1")).toEqual({ enabled: false });
});

it("saves nothing over what a colleague has changed meanwhile, and shows how it is now", async () => {
  server.on(LIST, [200, { data: [sla("s1", { ...GOLD, rev: 3 })] }]);
  server.on("PUT /v1/slas/s1", refusal(409, "conflict"));
  await opened();
  await userEvent.type(screen.getByLabelText("Name"), "er");

  expect(await saved("PUT /v1/slas/s1")).toEqual({ name: "Golder", rev: 3 });
  await screen.findByText(/somebody else has changed this/);
  expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("Golder");

  server.on(LIST, [200, { data: [sla("s1", { ...GOLD, name: "Golden", rev: 4 })] }]);
  server.on("PUT /v1/slas/s1", resource("sla", "s1", GOLD));
  await userEvent.click(screen.getByRole("button", { name: "Load it anew" }));
  await screen.findByRole("heading", { name: "Golden" });
  expect(screen.queryByRole("button", { name: "Load it anew" })).toBeNull();
  await userEvent.type(screen.getByLabelText("Name"), "!");
  expect(await saved("PUT /v1/slas/s1")).toEqual({ name: "Golden!", rev: 4 });
});

it("keeps criteria that a program described as they are", async () => {
  const criteria = { and: [{ or: [{ conversation_priority: { gte: 4 } }] }], timeZone: "Europe/Lisbon" };
  server.on(LIST, [200, { data: [sla("s1", { ...GOLD, criteria })] }]);
  await opened();
  expect(screen.getByText(/described by a program/)).toBeDefined();

  await userEvent.type(screen.getByLabelText("Name"), "er");

  expect(await saved("PUT /v1/slas/s1")).toEqual({ name: "Golder" });
});

it("lists its versions, the newest first", async () => {
  await opened();

  const all = await screen.findAllByText(/^Version \d/);

  expect(all.map((one) => one.textContent)).toEqual(["Version 2Now", "Version 1"]);
  expect(screen.getByText("First answer within 2 h")).toBeDefined();
});

it("says why it was not saved, and keeps what was written", async () => {
  server.on("PUT /v1/slas/s1", refusal(400, "bad_criterion"));
  await opened();
  await userEvent.type(screen.getByLabelText("Name"), "er");

  await saved("PUT /v1/slas/s1");

  await waitFor(() => expect(useToasts.getState().toasts.at(-1)?.text).toMatch(/^Not saved/));
  expect(screen.getByLabelText("Name")).toHaveProperty("value", "Golder");
});
