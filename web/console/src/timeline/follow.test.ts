// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { AT, aConversation, anAgent, ME, told } from "../desk/testing.ts";
import { disconnect } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { customerKey, followTimeline, loadFactsOf, useTimelines } from "./follow.ts";
import { lineWords } from "./line-words.ts";
import { timelineRows } from "./rows.ts";
import { LOADING } from "./timeline.ts";

const PAGE = "GET /v1/customers/k1/timeline?conversation=c1&pageSize=50";

let server: ApiServer;
let live: LiveServer;
let end: () => void;

beforeEach(async () => {
  server = new ApiServer();
  server.on(PAGE, [200, { data: [], meta: { more: false } }]);
  replaceDesk(emptyDesk(ME));
  changeDesk((desk) => confirm(desk, aConversation({ id: "c1" })));
  useTimelines.setState({ timelines: new Map() });
  live = new LiveServer();
  await live.connects();
  end = followTimeline("c1");
  await vi.waitFor(() => expect(live.of("subscribe")).toHaveLength(1));
});

afterEach(() => {
  end();
  disconnect();
  vi.unstubAllGlobals();
});

const timeline = () => useTimelines.getState().timelines.get("c1");

function lines(): (string | undefined)[] {
  const context = { now: AT, reader: {}, queueName: () => null, tagName: () => null };
  const customer = { id: "k1", displayName: "Maya Lindqvist" };
  return timelineRows(timeline()?.entries ?? [], { outgoing: [], seen: null, customer }).flatMap((row) =>
    row.kind === "line" ? [lineWords(row.line, context)?.text] : [],
  );
}

it("says live who did it", () => {
  const changes = { status: { before: "open", after: "done" } } as const;
  const data = { conversation: "c1", customer: "k1", changes, cause: null };
  const event = told("conversation.updated", data, anAgent("u1", "Ana"));

  live.says({ op: "event", topic: "conversation:c1", position: 20, event });

  expect(lines()).toEqual(["Ana marked it done"]);
});

it("shows no conversation that this agent may no longer follow as if it were current", async () => {
  const error = { status: 404, code: "notfound", title: "Not Found" };

  live.says({ op: "refused", id: null, topic: "conversation:c1", error });

  expect(timeline()).toMatchObject({ state: "failed", cursor: undefined });
  end();
  end = followTimeline("c1");
  await vi.waitFor(() => expect(timeline()?.state).toBe("ready"));
  expect(server.asked.filter(({ path }) => path.includes("timeline"))).toHaveLength(2);
});

it("reads of the customer's past what goes with the conversation, and not all of it", () => {
  const past = "/v1/customers/k1/timeline?pageSize=50&before=40";
  const reach = (conversation: number, customer: number) =>
    useTimelines.setState({
      timelines: new Map([
        ["c1", { ...LOADING, oldest: conversation }],
        [customerKey("k1"), { ...LOADING, oldest: customer }],
      ]),
    });

  reach(50, 40);
  loadFactsOf("c1", "k1");
  expect(server.asked.some(({ path }) => path === past)).toBe(false);

  reach(30, 40);
  loadFactsOf("c1", "k1");
  expect(server.asked.some(({ path }) => path === past)).toBe(true);
});
