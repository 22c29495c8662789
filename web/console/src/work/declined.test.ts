import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { AT, told } from "../desk/testing.ts";
import { recallDeclined, takeDeclined, useDeclined } from "./declined.ts";

const DECLINED = {
  item: "w1",
  conversation: "c1",
  queue: "q1",
  users: ["u1", "u2"],
  at: AT,
  askedAgainAt: "2026-11-24T12:02:00.000Z",
};
const LISTED = "GET /v1/routing/declined-work-items?page=1&pageSize=100";

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
});
afterEach(() => {
  useDeclined.setState({ declined: new Map() });
  vi.unstubAllGlobals();
});

function conversations(): string[] {
  return [...useDeclined.getState().declined.keys()];
}

it("keeps what everybody has declined, with who did", () => {
  takeDeclined(told("work.declined", DECLINED));

  expect(useDeclined.getState().declined.get("c1")).toEqual({
    conversation: "c1",
    queue: "q1",
    by: ["u1", "u2"],
    since: AT,
    askedAgainAt: DECLINED.askedAgainAt,
  });
});

it("lets it go when somebody is asked, when all are asked again, and when it is somebody's", () => {
  const { item, conversation, queue } = DECLINED;
  const ends = [
    told("work.offered", { item, conversation, queue, user: "u3", until: AT }),
    told("work.asked_again", { item, conversation, queue }),
    told("conversation.ended", { conversation, customer: "x", by: null, at: AT } as never),
  ];
  for (const event of ends) {
    takeDeclined(told("work.declined", DECLINED));
    takeDeclined(event);
    expect(conversations()).toEqual([]);
  }
});

it("finds what was declined before the page was opened", async () => {
  server.on(LISTED, [
    200,
    {
      data: [
        {
          type: "work_item",
          id: "w2",
          attributes: { declinedAt: AT, askedAgainAt: DECLINED.askedAgainAt },
          relationships: {
            conversation: { data: { type: "conversation", id: "c2" } },
            queue: { data: null },
            declinedBy: { data: [{ type: "user", id: "u1" }] },
          },
        },
      ],
    },
  ]);
  takeDeclined(told("work.declined", DECLINED));

  await recallDeclined();

  expect(conversations()).toEqual(["c2"]);
  expect(useDeclined.getState().declined.get("c2")?.by).toEqual(["u1"]);
});

it("keeps what it knows where nobody answers", async () => {
  server.isAway = true;
  takeDeclined(told("work.declined", DECLINED));

  await recallDeclined();

  expect(conversations()).toEqual(["c1"]);
});
