import { expect, it } from "vitest";

import { handoffWords } from "./handoffs.ts";

function promise(metric: string, seconds: number | null, secondsBefore: number | null, due = true): object {
  const dueAt = due ? "2026-11-30T12:00:00.000Z" : null;
  return { metric, seconds, secondsBefore, dueAt, dueAtBefore: null };
}

function said(promises: readonly object[], over: object = {}): string {
  const attributes = { place: "queue", sla: "Slow", slaBefore: "Quick", promises, ...over };
  return handoffWords({ id: "q1", type: "sla_handoff", attributes });
}

it("says what would be promised instead", () => {
  expect(said([promise("firstResponse", 7_200, 1_800)])).toBe("First answer within 2 h instead of 30 min");
  expect(said([promise("nextReply", 60, null)])).toBe("Next answer within 1 min");
  expect(said([promise("firstResponse", null, 1_800)])).toBe("First answer: no promise any more");
});

it("says at most two, what waits now before the rest", () => {
  const all = [
    promise("nextReply", 120, 60, false),
    promise("firstResponse", 7_200, 1_800),
    promise("totalConversationOpenTime", 3_600, 1_800),
  ];

  expect(said(all)).toBe("First answer within 2 h instead of 30 min · Done within 1 h instead of 30 min");
});

it("says by name that another service level rules, where it promises the same", () => {
  expect(said([])).toBe("Service level: Slow instead of Quick");
  expect(said([], { slaBefore: null })).toBe("Service level: Slow");
  expect(said([], { sla: null })).toBe("No service level any more");
});

it("says that it may change, where what that depends on is not for the reader", () => {
  expect(said([], { sla: null, mayChange: true })).toBe("The service level may change");
});
