import { describe, expect, it } from "vitest";

import { continues, dayOf, type Groupable, groupMessages } from "./groupMessages.ts";

const at = (sentAt: string, id = "ana", over: Partial<Groupable> = {}): Groupable => ({
  sentAt,
  direction: "out",
  kind: "message",
  sentBy: { type: "user", id },
  ...over,
});

describe("groupMessages", () => {
  it("keeps one author's quick messages together", () => {
    const days = groupMessages([at("2026-11-24T10:00:00.000Z"), at("2026-11-24T10:04:00.000Z")], "UTC");
    expect(days).toHaveLength(1);
    expect(days[0]?.groups.map((group) => group.messages.length)).toEqual([2]);
  });

  it("starts a group at another author, another kind, and after a pause", () => {
    const days = groupMessages(
      [
        at("2026-11-24T10:00:00.000Z"),
        at("2026-11-24T10:00:10.000Z", "ben"),
        at("2026-11-24T10:00:20.000Z", "ben", { kind: "note" }),
        at("2026-11-24T10:05:21.000Z", "ben", { kind: "note" }),
      ],
      "UTC",
    );
    expect(days[0]?.groups).toHaveLength(4);
  });

  it("cuts days where the reader lives", () => {
    const messages = [at("2026-11-24T22:58:00.000Z"), at("2026-11-24T23:01:00.000Z")];
    expect(groupMessages(messages, "UTC").map((day) => day.day)).toEqual(["2026-11-24"]);
    expect(groupMessages(messages, "Europe/Berlin").map((day) => day.day)).toEqual([
      "2026-11-24",
      "2026-11-25",
    ]);
  });

  it("loses and reorders nothing", () => {
    const messages = Array.from({ length: 200 }, (_, n) =>
      at(new Date(1_790_000_000_000 + n * 97_000).toISOString(), n % 3 === 0 ? "ana" : "ben"),
    );
    expect(
      groupMessages(messages, "UTC").flatMap((day) => day.groups.flatMap((group) => group.messages)),
    ).toEqual(messages);
  });
});

describe("continues", () => {
  it("agrees with the grouping", () => {
    expect(continues(at("2026-11-24T10:00:00.000Z"), at("2026-11-24T10:05:00.000Z"), "UTC")).toBe(true);
    expect(continues(at("2026-11-24T10:00:00.000Z"), at("2026-11-24T10:05:01.000Z"), "UTC")).toBe(false);
    expect(continues(at("2026-11-24T23:59:00.000Z"), at("2026-11-25T00:00:00.000Z"), "UTC")).toBe(false);
  });
});

describe("dayOf", () => {
  it("names the calendar day", () => {
    expect(dayOf("2026-01-01T03:00:00.000Z", "America/New_York")).toBe("2025-12-31");
  });
});
