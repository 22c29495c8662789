import { describe, expect, it } from "vitest";

import { nextDue } from "./sla.ts";
import { aClock, anSla } from "./testing.ts";

const EARLY = "2026-11-24T12:30:00.000Z";
const LATER = "2026-11-24T15:00:00.000Z";

describe("what is due next", () => {
  it("is the clock that ends first", () => {
    const sla = anSla({
      nextReply: aClock({ breachAt: LATER }),
      longestUnrespondedMessage: aClock({ breachAt: EARLY, warned: true }),
      firstResponse: aClock({ status: "done", breachAt: "2026-11-24T12:01:00.000Z" }),
    });

    expect(nextDue(sla)).toEqual({
      state: "running",
      metric: "longestUnrespondedMessage",
      at: EARLY,
      mood: "warned",
    });
  });

  it("is the answer that is late, before what is due later", () => {
    const late = aClock({ breachAt: EARLY, breached: true, warned: true });
    const sla = anSla({ totalConversationOpenTime: aClock({ breachAt: LATER }), nextReply: late });

    expect(nextDue(sla)).toMatchObject({ metric: "nextReply", mood: "late" });
  });

  it("is what can still be kept, before what no answer mends", () => {
    const lost = aClock({ breachAt: EARLY, breached: true });
    const sla = anSla({ totalConversationOpenTime: lost, nextReply: aClock({ breachAt: LATER }) });

    expect(nextDue(sla)).toMatchObject({ metric: "nextReply", mood: "calm" });
    expect(nextDue(anSla({ totalConversationOpenTime: lost }))).toMatchObject({ mood: "late" });
  });

  it("is nothing while all clocks stand, and when all are done", () => {
    const paused = aClock({ status: "paused", breachAt: null });
    const done = aClock({ status: "done", satisfiedAt: EARLY });

    expect(nextDue(anSla({ nextReply: paused, firstResponse: done }, { status: "paused" }))).toEqual({
      state: "paused",
    });
    expect(nextDue(anSla({ firstResponse: done }, { status: "done" }))).toBeNull();
    expect(nextDue(null)).toBeNull();
  });

  it("is nothing where nobody will be at work for years", () => {
    expect(nextDue(anSla({ firstResponse: aClock({ breachAt: null }) }))).toBeNull();
  });
});
