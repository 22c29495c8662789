import { act, cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";

import { ApiServer, resource } from "../api/testing.ts";
import { confirm, emptyDesk } from "../desk/desk.ts";
import { useDirectory } from "../desk/directory.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { WhySheet } from "./WhySheet.tsx";

const ANA = { user: "u1", displayName: "Ana", load: 1, capacity: 4, idleSince: "2026-11-29T09:00:00.000Z" };
const DECISION = { at: "2026-11-29T10:00:00.000Z", chosen: ANA, runnersUp: [], others: {}, unseen: 0 };

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
});
afterEach(() => {
  cleanup();
  replaceDesk(emptyDesk(ME));
  useDirectory.setState({ queues: [] });
});

function list(path: string, type: string, attributes: object, relationships: object = {}): void {
  server.on(`GET /v1/routing/${path}`, [200, { data: [{ type, id: "i1", attributes, relationships }] }]);
}

function isHere(item: object, decision: object, around: object = {}): void {
  list(
    "conversations/c1/work-items?page=1&pageSize=1",
    "work_item",
    {
      priority: 50,
      skills: {},
      enteredAt: DECISION.at,
      ...item,
    },
    around,
  );
  list("work-items/i1/decisions?page=1&pageSize=20", "routing_decision", { ...DECISION, ...decision });
  render(<WhySheet conversation="c1" onClose={() => undefined} />);
}

it("says that its queue was closed, and when that opens", async () => {
  isHere({ status: "queued" }, { because: "closed", chosen: null, opensAt: "2026-11-30T09:00:00.000Z" });

  expect(await screen.findByText("The queue was closed")).toBeDefined();
  expect(screen.getByText(/^It opens .*2026/)).toBeDefined();
});

it("says that it waits for a language, and that nobody who speaks it was free in time", async () => {
  isHere(
    { status: "queued", language: "lang:de", holdsOutForLanguage: true },
    { because: "only_one", languageDropped: "lang:de" },
  );

  expect(await screen.findByText("Waits a while for somebody with lang:de")).toBeDefined();
  expect(screen.getByText("Nobody who speaks its language (lang:de) was free in time.")).toBeDefined();
});

it.each([
  ["by_hand", /Was wished for by hand/],
  ["rule", /Is preferred by the rule/],
  ["last_agent", /Had it last/],
])("says who preferred the agent: %s", async (preferredAs, said) => {
  isHere({ status: "assigned" }, { because: "preferred", preferredAs });

  expect(await screen.findByText(said)).toBeDefined();
});

it("says what was wished for by hand, as it is while one reads", async () => {
  changeDesk((desk) => {
    const there = { reason: null, changedAt: null, load: null, capacity: null, status: "available" } as const;
    desk.agents.set("u2", { ...there, id: "u2", displayName: "Ben" });
    confirm(desk, aConversation({ id: "c1", skills: ["mending"] }));
  });
  isHere({ status: "queued", skills: { mending: 1, shelter: 3 } }, { because: "nobody", chosen: null });
  expect(await screen.findByText("Asks for mending, by hand")).toBeDefined();
  expect(screen.getByText("Asks for shelter, level 3 or more")).toBeDefined();
  expect(screen.queryByText(/Asks for mending, level/)).toBeNull();

  act(() =>
    changeDesk((desk) => confirm(desk, aConversation({ id: "c1", preferredUser: "u2", position: 2 }))),
  );

  expect(screen.getByText("Ben was wished for by hand")).toBeDefined();
});

it("says through whose hands it went, and which rule put it into its first queue", async () => {
  changeDesk((desk) => confirm(desk, aConversation({ id: "c1", customer: "k1" })));
  useDirectory.setState({
    queues: [
      { id: "q1", name: "Advice" },
      { id: "q2", name: "Orders" },
    ],
  });
  const robin = { type: "user", id: "u2", displayName: "Robin" };
  const put = { conversation: "c1", assignedUsers: [], assignedTeams: [] };
  const waiting = { code: "waiting", text: "Nobody with room is available." };
  const steps = [
    { kind: "conversation.assigned", actor: null, data: { ...put, queue: "q1", reason: waiting } },
    {
      kind: "conversation.assigned",
      actor: robin,
      data: { ...put, queue: "q2", reason: { code: "handed_off", text: "By hand." } },
    },
    {
      kind: "work.transferred",
      actor: robin,
      data: { conversation: "c1", queue: "q2", reason: "Knows tents" },
    },
  ];
  const data = steps.map((step, position) => ({
    type: "timeline_entry",
    id: `t${position}`,
    attributes: { ...step, position, at: DECISION.at },
  }));
  server.on("GET /v1/customers/k1/timeline?conversation=c1&pageSize=100", [200, { data }]);
  server.on("GET /v1/routing/queue-rules/r1", resource("queue_rule", "r1", { name: "About tents" }));
  isHere({ status: "queued" }, { because: "nobody", chosen: null }, { rule: { data: { id: "r1" } } });

  const way = await screen.findByRole("list", { name: "How it came here" });
  expect(within(way).getByText("Waiting in Advice · Nobody with room is available")).toBeDefined();
  expect(within(way).getByText("Robin handed it off to Orders")).toBeDefined();
  expect(within(way).getByText("Robin: “Knows tents”")).toBeDefined();
  expect(screen.getByText("The rule “About tents” put it into its first queue")).toBeDefined();
});

it("calls skills by their names", async () => {
  const skills = [
    { type: "skill", id: "s1", attributes: { key: "mending", name: "Mending pots" } },
    { type: "skill", id: "s2", attributes: { key: "lang:de", name: "German" } },
  ];
  server.on("GET /v1/routing/skills?page=1&pageSize=100", [200, { data: skills, meta: { totalPages: 1 } }]);
  isHere(
    { status: "queued", language: "lang:de", holdsOutForLanguage: true, skills: { mending: 3 } },
    { because: "only_one", languageDropped: "lang:de" },
  );

  expect(await screen.findByText("Asks for Mending pots, level 3 or more")).toBeDefined();
  expect(screen.getByText("Waits a while for somebody with German")).toBeDefined();
  expect(screen.getByText("Nobody who speaks its language (German) was free in time.")).toBeDefined();
});

it("says which service level it has, and by what it was matched", async () => {
  const sla = { id: "p1", name: "Gold", version: 2, metrics: {} };
  server.on("GET /v1/conversations/c1", resource("conversation", "c1", { sla }));
  const version = (number: number, channel: string) => ({
    type: "sla_version",
    id: `v${number}`,
    attributes: { version: number, criteria: { and: [{ conversation_channels: { in: [channel] } }] } },
  });
  server.on("GET /v1/slas/p1?versions=all", [
    200,
    { data: { type: "sla", id: "p1", attributes: {} }, included: [version(1, "chat"), version(2, "email")] },
  ]);
  isHere({ status: "queued" }, { because: "nobody", chosen: null });

  expect(await screen.findByText(/^Service level “Gold”, version 2/)).toBeDefined();
  expect(screen.getByText("Matched: Channel is one of Email")).toBeDefined();
});

it("says that everybody who could take it has declined, since when it waits, and when they are asked again", async () => {
  isHere(
    {
      status: "queued",
      enteredAt: "2026-11-29T09:58:00.000Z",
      declinedAt: "2026-11-29T10:00:00.000Z",
      askedAgainAt: "2026-11-29T10:02:00.000Z",
    },
    { because: "nobody", chosen: null, others: { declined: 2, full: 1 } },
  );

  expect(await screen.findByText("Everybody who could take it had said no")).toBeDefined();
  expect(screen.getByText("Could not take it: 2 who said no, 1 full")).toBeDefined();
  expect(screen.getByText(/^Everybody who could take it has declined \(0\), since /)).toBeDefined();
  expect(screen.getByText(/^They are asked again at /)).toBeDefined();
  expect(screen.getByText(/^Its place in the queue counts from /)).toBeDefined();
});
