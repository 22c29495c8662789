import { expect, it } from "vitest";

import { parseRoute } from "../navigation/route.ts";
import { linkBehind, viewBehind } from "./behind.ts";
import { ANA, ORDERS } from "./testing.ts";

const QUEUES = [{ id: ORDERS, name: "Orders" }];
const AGENTS = [{ id: ANA, name: "Ana" }];

function behind(link: string) {
  const route = parseRoute(link);
  return route.screen === "inbox" ? viewBehind(route.view ?? "", QUEUES, AGENTS) : null;
}

it("what waits in a queue is a list of what nobody has, the longest wait first", () => {
  const view = behind(linkBehind("waiting", ORDERS));

  expect(view?.name).toBe("Orders: waiting");
  expect(view?.query).toEqual({
    and: [
      { conversation_queue: { in: [ORDERS] } },
      { conversation_status: { in: ["open"] } },
      { conversation_ended: { equals: false } },
      { conversation_assigned_users: { not_set: "" } },
    ],
    sort: [{ conversation_last_message_unresponded_to_sent_at: "asc" }],
  });
});

it("what is late anywhere is all that is past its time", () => {
  expect(behind(linkBehind("late"))).toMatchObject({
    name: "All queues: late",
    query: { and: [{ conversation_sla_due_at: { lte: "+0m" } }] },
  });
});

it("what an agent has is under their name", () => {
  expect(behind(linkBehind("agent", ANA))?.name).toBe("In hand of Ana");
});

it.each(["64f0", `waiting-${"0".repeat(23)}`, "waiting-", "constructor-all"])(
  "%s is no such list",
  (name) => {
    expect(viewBehind(name, QUEUES, AGENTS)).toBeNull();
  },
);
