import type { AgentEvent } from "@kithdesk/api-client";
import { beforeEach, expect, it } from "vitest";

import { takePlace, useDirectory } from "./directory.ts";

beforeEach(() => {
  useDirectory.setState({ queues: [{ id: "q1", name: "Orders" }], teams: [], tags: [], routed: null });
});

function happens(kind: string, data: object): void {
  takePlace({ kind, data } as unknown as AgentEvent);
}

it("knows a queue by the name that somebody gives it in another window", () => {
  happens("queue.created", { queue: "q2", name: "Returns" });
  happens("queue.changed", { queue: "q1", name: "Orders and parcels" });

  expect(useDirectory.getState().queues).toEqual([
    { id: "q1", name: "Orders and parcels" },
    { id: "q2", name: "Returns" },
  ]);
});

it("forgets what is gone", () => {
  happens("team.created", { team: "t1", name: "Repairs" });
  happens("team.deleted", { team: "t1" });
  happens("queue.deleted", { queue: "q1" });

  expect(useDirectory.getState()).toMatchObject({ queues: [], teams: [] });
});
