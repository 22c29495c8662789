// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { emptyDesk } from "../desk/desk.ts";
import { replaceDesk } from "../desk/store.ts";
import { ME, told } from "../desk/testing.ts";
import { disconnect } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { followCustomer } from "../timeline/follow.ts";
import { onChange } from "./fresh.ts";

let live: LiveServer;

beforeEach(async () => {
  const server = new ApiServer();
  server.on("GET /v1/customers/k1/timeline?pageSize=50", [200, { data: [], meta: { more: false } }, 10]);
  replaceDesk(emptyDesk(ME));
  live = new LiveServer();
  await live.connects();
});

afterEach(() => {
  disconnect();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function changes(): void {
  live.position += 1;
  const event = told("customer.updated", { customer: "k1", displayName: "Maya", changes: {} } as never);
  live.says({ op: "event", topic: "customer:k1", position: live.position, event });
}

it("asks while a customer goes on changing, and not only once that has an end", async () => {
  const leave = followCustomer("k1");
  await vi.waitFor(() => expect(live.of("subscribe")).toHaveLength(1));
  vi.useFakeTimers();
  const ask = vi.fn(async () => undefined);
  const stop = onChange("k1", ask);

  for (let times = 0; times < 10; times += 1) {
    changes();
    await vi.advanceTimersByTimeAsync(200);
  }

  expect(ask.mock.calls.length).toBeGreaterThan(2);
  stop();
  leave();
});
