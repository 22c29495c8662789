import { describe, expect, it } from "vitest";

import { readEntry } from "./entries.ts";
import { lineWords } from "./line-words.ts";
import type { Line } from "./rows.ts";

const AT = "2026-11-24T10:00:00.000Z";
const ANA = { type: "user", id: "u1", displayName: "Ana Lima" };
const context = {
  now: AT,
  reader: { locale: "en-GB", timeZone: "UTC" },
  queueName: (id: string) => (id === "q1" ? "General" : null),
  tagName: (id: string) => (id === "t1" ? "VIP" : null),
};

function say(kind: string, data: unknown, actor: unknown = null) {
  const line = readEntry({ kind, at: AT, actor, data }, 1) as Line;
  return lineWords(line, context);
}

const assigned = (users: string[], reason: unknown = null, actor: unknown = null) =>
  say(
    "conversation.assigned",
    {
      queue: "q1",
      assignedUsers: users.map((displayName) => ({ id: displayName, displayName })),
      assignedTeams: [],
      reason,
    },
    actor,
  );
const updated = (changes: unknown, actor: unknown = null) => say("conversation.updated", { changes }, actor);

describe("lines", () => {
  it("say who was given it, and why", () => {
    expect(assigned(["Ben"], { code: "most_room", text: "The most room of all." })).toEqual({
      text: "Assigned to Ben",
      reason: "The most room of all",
    });
    expect(assigned(["Ben"], { code: "by_hand", text: "By hand." }, ANA)).toEqual({
      text: "Ana Lima assigned it to Ben",
      reason: null,
    });
    expect(assigned(["Ana Lima"], { code: "by_hand", text: "By hand." }, ANA)?.text).toBe("Ana Lima took it");
    expect(assigned([], { code: "waiting", text: "Nobody has room." })).toEqual({
      text: "Waiting in General",
      reason: "Nobody has room",
    });
    expect(assigned([], { code: "transferred", text: "By hand." }, ANA)).toEqual({
      text: "Ana Lima sent it back to General",
      reason: null,
    });
  });

  it("say what became of it", () => {
    const status = (before: string, after: string) => ({ status: { before, after } });
    expect(updated(status("open", "done"), ANA)?.text).toBe("Ana Lima marked it done");
    expect(updated(status("open", "done"))?.text).toBe("Marked done");
    expect(updated(status("open", "done"), { ...ANA, displayName: "" })?.text).toBe("Marked done");
    expect(updated(status("done", "open"), ANA)?.text).toBe("Ana Lima opened it again");
    expect(updated(status("snoozed", "open"))?.text).toBe("Back from snooze");
    expect(
      updated(
        {
          ...status("open", "snoozed"),
          snooze: { before: null, after: { time: "2026-11-25T09:00:00.000Z" } },
        },
        ANA,
      )?.text,
    ).toBe("Ana Lima snoozed it until tomorrow, 09:00");
  });

  it("say which tags came and went", () => {
    expect(updated({ tags: { before: ["t9"], after: ["t1"] } })?.text).toBe("Tagged VIP · Tag removed: t9");
  });

  it("keep quiet about what nobody reads", () => {
    expect(updated({ custom: { before: {}, after: {} } })).toBeNull();
  });
});
