import type { SignalFrame } from "@kithdesk/api-client";
import { expect, it } from "vitest";

import { withSignal } from "./signals.ts";

const frame = (over: Partial<SignalFrame> = {}): SignalFrame => ({
  op: "signal",
  kind: "typing",
  conversation: "c1",
  by: { type: "customer", id: "k1", displayName: "Maya" },
  on: true,
  ...over,
});

it("a sign ends when it is taken back, or when nobody repeats it", () => {
  const one = withSignal([], frame(), 1000);
  expect(one).toHaveLength(1);
  expect(withSignal(one, frame(), 2000)).toHaveLength(1);
  expect(withSignal(one, frame({ on: false }), 2000)).toHaveLength(0);
  expect(
    withSignal(one, frame({ by: { type: "user", id: "u1", displayName: "Ben" } }), 20_000),
  ).toMatchObject([{ name: "Ben" }]);
});
