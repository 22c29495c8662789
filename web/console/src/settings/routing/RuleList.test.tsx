import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import type { ApiServer } from "../../api/testing.ts";
import { list, routingServer, rules, shown } from "./testing.tsx";
import { idIn } from "./trying.ts";

const CONVERSATION = "64b000000000000000000001";
const TRIED = `/v1/routing/conversations/${CONVERSATION}/queue-rules`;
const ORDER = "PUT /v1/routing/queue-rules/order";
const BY_CHAT = { and: [{ conversation_channels: { in: ["chat"] } }] };

let server: ApiServer;

beforeEach(() => {
  server = routingServer();
  const recent = {
    type: "conversation",
    id: CONVERSATION,
    attributes: { customerName: "Mia", preview: "Where is my order?" },
  };
  server.on("GET /v1/conversations?sort=-lastActivityAt&page=1&pageSize=20", [200, { data: [recent] }]);
});

afterEach(() => vi.unstubAllGlobals());

function threeRules(): void {
  rules(
    server,
    ["r1", { name: "Repairs", criteria: BY_CHAT }],
    ["r2", { name: "Orders", criteria: BY_CHAT }],
    ["r3", { name: "Rest", criteria: BY_CHAT }],
  );
}

function judged(...verdicts: readonly (readonly [id: string, verdict: string, failed?: object[]])[]): void {
  const data = verdicts.map((one) => verdict(...one));
  server.on(`GET ${TRIED}?page=1&pageSize=100`, [200, { data, meta: { totalPages: 1 } }]);
}

function verdict(id: string, says: string, failed: object[] = []) {
  return {
    id,
    type: "queue_rule_judgement",
    attributes: { name: `Rule ${id}`, verdict: says, failed },
    relationships: { queue: { data: { type: "queue", id: "q1" } } },
  };
}

it("says in a sentence what each rule does", async () => {
  rules(
    server,
    [
      "r1",
      { name: "Repairs", criteria: BY_CHAT, skills: { repairs: 3 }, priority: 7 },
      { preferred: { data: { type: "user", id: "u2" } } },
    ],
    ["r2", { name: "Rest" }],
  );
  shown("rules");

  const first = await screen.findByRole("link", { name: /^Repairs/ });

  expect(first.textContent).toContain(
    "When Channel is one of Chat: into “Orders”, at priority 7, only to agents with Repairs at level 3 or more, Ben first.",
  );
  expect(screen.getByRole("link", { name: /^Rest/ }).textContent).toContain(
    "Every conversation: into “Orders”.",
  );
});

it("moves a rule by its buttons, and says where it is now", async () => {
  rules(server, ["r1", { name: "Repairs" }], ["r2", { name: "Orders" }]);
  shown("rules");

  await userEvent.click(await screen.findByRole("button", { name: "Move “Orders” up" }));

  await waitFor(() => expect(server.bodies(ORDER)).toEqual([{ queueRules: ["r2", "r1"] }]));
  expect(screen.getByRole("status").textContent).toBe("“Orders” is now 1 of 2");
});

it("moves a rule to the top or the bottom by one press", async () => {
  threeRules();
  shown("rules");

  await userEvent.click(await screen.findByRole("button", { name: "Move “Rest” to the top" }));
  await userEvent.click(screen.getByRole("button", { name: "Move “Repairs” to the bottom" }));

  await waitFor(() =>
    expect(server.bodies(ORDER)).toEqual([
      { queueRules: ["r3", "r1", "r2"] },
      { queueRules: ["r3", "r2", "r1"] },
    ]),
  );
});

it("moves the rule one is on by keys", async () => {
  threeRules();
  shown("rules");
  const first = await screen.findByRole("link", { name: /^Repairs/ });

  fireEvent.keyDown(first, { key: "ArrowDown", altKey: true });
  fireEvent.keyDown(first, { key: "ArrowDown", altKey: true, shiftKey: true });
  fireEvent.keyDown(first, { key: "ArrowDown" });

  await waitFor(() =>
    expect(server.bodies(ORDER)).toEqual([
      { queueRules: ["r2", "r1", "r3"] },
      { queueRules: ["r2", "r3", "r1"] },
    ]),
  );
});

it("warns of a rule that hides those below it", async () => {
  rules(server, ["r1", { name: "All" }], ["r2", { name: "Orders", criteria: BY_CHAT }]);
  shown("rules");

  expect(await screen.findByText(/“All” matches every conversation/)).toBeDefined();
});

it("says which rule decides about a recent conversation, and why not the others", async () => {
  threeRules();
  const failed = [{ at: "x", attribute: "conversation_channels", operator: "in", value: ["chat"] }];
  judged(["r1", "does_not_match", failed], ["r2", "decides"], ["r3", "matches_too"]);
  shown("rules");

  await userEvent.selectOptions(
    await screen.findByLabelText("A recent conversation"),
    "Mia · Where is my order?",
  );

  expect(await screen.findByText("“Rule r2” decides: it goes into “Orders”.")).toBeDefined();
  const said = within(screen.getByRole("list", { name: "What the rules say" }))
    .getAllByRole("listitem")
    .map(({ textContent }) => textContent);
  expect(said).toEqual([
    "Rule r1Does not hold: Channel is one of Chat",
    "Rule r2Decides",
    "Rule r3Would match too, but a rule above decides",
  ]);
});

it("takes the address of a conversation's page, and says where it goes when no rule matches", async () => {
  threeRules();
  judged(["r1", "does_not_match"], ["r2", "off"], ["r3", "does_not_match"]);
  shown("rules");

  await userEvent.type(
    await screen.findByLabelText("Or its id, or the address of its page"),
    `https://desk.example/#/inbox/all/${CONVERSATION}`,
  );
  await userEvent.click(screen.getByRole("button", { name: "Try" }));

  expect(await screen.findByText(/^No rule matches: what is new goes into “Default queue”/)).toBeDefined();
});

it("says where it goes when not all rules could be judged", async () => {
  threeRules();
  judged(["r1", "does_not_match"], ["r2", "not_judged"], ["r3", "not_judged"]);
  shown("rules");

  await userEvent.type(await screen.findByLabelText(/^Or its id/), CONVERSATION);
  await userEvent.click(screen.getByRole("button", { name: "Try" }));

  expect(
    await screen.findByText(
      /what is new goes into “Default queue”, and what comes back into the queue it was/,
    ),
  ).toBeDefined();
});

it("shows no verdicts on a conversation that is not the one picked last", async () => {
  threeRules();
  const other = "64b000000000000000000002";
  const data = [CONVERSATION, other].map((id) => ({ type: "conversation", id, attributes: { preview: id } }));
  server.on("GET /v1/conversations?sort=-lastActivityAt&page=1&pageSize=20", [200, { data }]);
  const answer = server.late(`GET ${TRIED}?page=1&pageSize=100`);
  server.on(`GET /v1/routing/conversations/${other}/queue-rules?page=1&pageSize=100`, [
    200,
    { data: [verdict("r2", "decides")], meta: { totalPages: 1 } },
  ]);
  shown("rules");

  const picker = await screen.findByLabelText("A recent conversation");
  await userEvent.selectOptions(picker, CONVERSATION);
  await userEvent.selectOptions(picker, other);
  await screen.findByText("“Rule r2” decides: it goes into “Orders”.");
  await act(async () => answer([200, { data: [verdict("r1", "decides")], meta: { totalPages: 1 } }]));

  expect(screen.queryByText(/“Rule r1” decides/)).toBeNull();
  expect(screen.getByText(/“Rule r2” decides/)).toBeDefined();
});

it("says that what was pasted is no conversation, or that there is no such one", async () => {
  threeRules();
  shown("rules");
  const field = await screen.findByLabelText("Or its id, or the address of its page");

  await userEvent.type(field, "order 7");
  await userEvent.click(screen.getByRole("button", { name: "Try" }));
  expect(await screen.findByText(/This has no conversation's id in it/)).toBeDefined();

  await userEvent.clear(field);
  await userEvent.type(field, CONVERSATION);
  await userEvent.click(screen.getByRole("button", { name: "Try" }));
  expect(await screen.findByText("There is no such conversation.")).toBeDefined();
});

it("can be tried without recent conversations", async () => {
  threeRules();
  list(server, "conversations", "conversation", {});
  server.on("GET /v1/conversations?sort=-lastActivityAt&page=1&pageSize=20", [200, { data: [] }]);
  shown("rules");

  await screen.findByRole("button", { name: "Try" });

  expect(screen.queryByLabelText("A recent conversation")).toBeNull();
});

it("finds a conversation in an address, and not the view in which it was opened", () => {
  const view = "64b0000000000000000000ff";

  expect(idIn(`https://desk.example/#/view/${view}/${CONVERSATION}`)).toBe(CONVERSATION);
  expect(idIn(` ${CONVERSATION.toUpperCase()} `)).toBe(CONVERSATION);
  expect(idIn(`/v1/conversations/${CONVERSATION}`)).toBe(CONVERSATION);
  expect(idIn("order 7")).toBeNull();
});
