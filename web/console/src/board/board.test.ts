import { describe, expect, it } from "vitest";

import { boardFrom, moodOf } from "./board.ts";
import { aBoard, ago, anAgent, aQueue, NOW } from "./testing.ts";

const named = (queues: readonly { name: string }[]) => queues.map(({ name }) => name);

describe("the board", () => {
  it("has the queue with the most trouble first", () => {
    const board = boardFrom(
      aBoard({
        queues: [
          aQueue({ name: "Calm" }),
          aQueue({ name: "Also calm" }),
          aQueue({ name: "Waits", waiting: 1, longestWaitSince: ago(10) }),
          aQueue({ name: "Waits long", waiting: 1, longestWaitSince: ago(100) }),
          aQueue({ name: "Nobody wants", waiting: 1, declined: 1, longestWaitSince: ago(20) }),
          aQueue({ name: "Closed", open: false, waiting: 1, longestWaitSince: ago(9_000) }),
          aQueue({ name: "At risk", slaAtRisk: 1, waiting: 1, longestWaitSince: ago(5) }),
          aQueue({ name: "Late", slaLate: 1 }),
          aQueue({ name: "Very late", slaLate: 2 }),
        ],
      }),
    );

    expect(named(board.queues)).toEqual([
      "Very late",
      "Late",
      "At risk",
      "Nobody wants",
      "Waits long",
      "Waits",
      "Also calm",
      "Calm",
      "Closed",
    ]);
    expect(board.queues.map(moodOf)).toEqual([
      "late",
      "late",
      "risky",
      "waiting",
      "waiting",
      "waiting",
      "calm",
      "calm",
      "waiting",
    ]);
  });

  it("reads times by the server's clock", () => {
    const board = boardFrom(aBoard({ totals: { waiting: 2, longestWaitSince: ago(90) } }));

    expect(board.at).toBe(NOW);
    expect(board.totals.longestWaitSince).toBe(NOW - 90_000);
  });

  it("is drawn from whatever is there", () => {
    const board = boardFrom({
      type: "live_board",
      id: "x",
      attributes: {
        queues: [null, 3],
        agents: { rows: [anAgent({ team: { id: "t", name: "Experts" } }), {}] },
      },
    });

    expect(board.queues).toHaveLength(2);
    expect(board.agents.map(({ name, team, status }) => [name, team, status])).toEqual([
      ["Ana", "Experts", "available"],
      ["", null, "offline"],
    ]);
  });
});
