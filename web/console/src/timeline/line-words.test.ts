import type { AgentEvent, ConversationChanges, Reason, SentBy } from "@kithdesk/api-client";
import { describe, expect, it } from "vitest";

import { AT, anAgent, told } from "../desk/testing.ts";
import type { Status } from "../desk/types.ts";
import { aLiveSla } from "../sla/testing.ts";
import { entryOf } from "./entries.ts";
import { lineWords } from "./line-words.ts";
import type { Line } from "./rows.ts";

const ANA = anAgent("u1", "Ana Lima");
const context = {
  now: AT,
  reader: { locale: "en-GB", timeZone: "UTC" },
  queueName: (id: string) => (id === "q1" ? "General" : null),
  tagName: (id: string) => (id === "t1" ? "VIP" : null),
};

function say(event: AgentEvent) {
  return lineWords(entryOf(event, 1) as Line, context);
}

function assigned(names: string[], reason: Reason, actor?: SentBy) {
  const assignedUsers = names.map((displayName) => ({ id: displayName, displayName }));
  const data = { conversation: "c1", queue: "q1", assignedUsers, assignedTeams: [], reason };
  return say(told("conversation.assigned", data, actor));
}

function updated(changes: ConversationChanges, actor?: SentBy) {
  const data = { conversation: "c1", customer: "k1", changes, cause: null };
  return say(told("conversation.updated", data, actor));
}

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
    expect(assigned([], { code: "handed_off", text: "By hand." }, ANA)).toEqual({
      text: "Ana Lima handed it off to General",
      reason: null,
    });
    expect(assigned([], { code: "unassigned", text: "By hand." }, ANA)?.text).toBe(
      "Ana Lima sent it back to General",
    );
  });

  it("say what was wished of whoever serves it", () => {
    const none: string[] = [];
    expect(updated({ skills: { before: none, after: ["refunds", "tents"] } })?.text).toBe(
      "Asks for refunds, tents",
    );
    expect(updated({ skills: { before: ["tents"], after: none } })?.text).toBe(
      "Asks for no skills by hand any more",
    );
    expect(updated({ preferredUser: { before: null, after: "u1" } })?.text).toBe(
      "An agent was wished for by hand",
    );
    expect(updated({ preferredUser: { before: "u1", after: null } })?.text).toBe(
      "No agent is wished for by hand any more",
    );
  });

  it("say why somebody handed it on, where they said so", () => {
    const handedOn = (reason: string) =>
      entryOf(told("work.transferred", { item: "w1", conversation: "c1", queue: "q1", reason }, ANA), 1);
    expect(lineWords(handedOn("He knows kettles") as Line, context)?.text).toBe(
      "Ana Lima: “He knows kettles”",
    );
    expect(handedOn("")).toBeNull();
  });

  it("say what became of it", () => {
    const status = (before: Status, after: Status) => ({ status: { before, after } });
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

  it("say that it is known now who the visitor is", () => {
    const changes = { signedIn: { before: false, after: true } };
    const data = { conversation: "c1", customer: "k1", changes };

    expect(say(told("conversation.updated", { ...data, cause: "signed_in" }))?.text).toBe(
      "The visitor signed in",
    );
    expect(say(told("conversation.updated", { ...data, cause: "customer_message" }))).toBeNull();
  });

  it("say who took a chat up, and that browsers which never signed in see no more of it", () => {
    const maya = { type: "customer", id: "k1", displayName: "Maya Lind" } as const;
    const data = { conversation: "c1", customer: "k1", visitors: ["v1"] };
    expect(say(told("conversation.taken_up", data, maya))?.text).toBe(
      "Maya Lind signed in elsewhere and took the chat up; the browser that never signed in sees no more of it",
    );
    const two = { ...data, visitors: ["v1", "v2"] };
    expect(say(told("conversation.taken_up", two))?.text).toBe(
      "The customer signed in elsewhere and took the chat up; browsers that never signed in see no more of it",
    );
  });

  it("say until when it was snoozed again", () => {
    const snooze = {
      before: { time: "2026-11-25T09:00:00.000Z" },
      after: { time: "2026-11-26T09:00:00.000Z" },
    };
    expect(updated({ snooze }, ANA)?.text).toBe("Ana Lima snoozed it until Thu, 09:00");
  });

  it("say which tags came and went", () => {
    expect(updated({ tags: { before: ["t9"], after: ["t1"] } })?.text).toBe("Tagged VIP · Tag removed: t9");
  });

  it("keep quiet about what nobody reads", () => {
    expect(updated({ custom: { before: {}, after: {} } })).toBeNull();
  });

  it("say who put two records together, and who took them apart", () => {
    const moved = {
      conversations: [],
      kobjects: [],
      visitors: [],
      merge: "g1",
      from: "k0",
      fromName: "Visitor 3F9A",
    };
    const merged = { customer: "k1", by: "agent", ...moved } as const;
    expect(say(told("customer.merged", merged, ANA))?.text).toBe(
      "Ana Lima merged Visitor 3F9A into this customer",
    );
    expect(entryOf(told("customer.merged", { ...merged, by: "login" }), 1)).toBeNull();
    const parted = { customer: "k1", displayName: "Maya", changes: {}, ...moved };
    expect(say(told("customer.parted", parted, ANA))?.text).toBe(
      "Ana Lima undid the merge with Visitor 3F9A",
    );
  });

  it("say what was promised, and what was not kept", () => {
    const data = { conversation: "c1", customer: "k1", sla: aLiveSla() };
    const first = { ...data, cause: "opened", left: null } as const;
    expect(say(told("sla.matched", first))).toEqual({ text: "Service level: Gold", reason: null });
    const due = { metric: "firstResponse", due: AT, policy: "Gold" };
    expect(say(told("sla.breached", { ...data, ...due }))).toEqual({
      text: "No first answer in time",
      reason: "Gold promised it by 12:00",
    });
    expect(say(told("sla.breached", { ...data, ...due, metric: "odd" }))?.text).toBe("A promise was broken");
  });

  it("say what had been promised, when another service level holds or none", () => {
    const data = { conversation: "c1", customer: "k1", sla: aLiveSla() };
    const left = { name: "Quick", dueAt: { firstResponse: AT, nextReply: null } };
    const handed = { ...data, cause: "handed_on", left } as const;
    expect(say(told("sla.matched", handed))).toEqual({
      text: "Service level: Gold instead of Quick",
      reason: "It was handed on · Quick had promised: First answer by 12:00, Next answer",
    });
    expect(say(told("sla.matched", { ...handed, cause: "overflowed" }))?.reason).toContain(
      "Its queue overflowed",
    );
    expect(say(told("sla.unmatched", { ...handed, sla: null }))?.text).toBe("No service level any more");
    const kept = { ...handed, cause: "customer", left: { name: "Quick", dueAt: {} } } as const;
    expect(say(told("sla.matched", kept))?.reason).toBe("The customer changed");
    expect(say(told("sla.unmatched", { ...kept, sla: null }))?.reason).toBe(
      "The customer changed · It was Quick",
    );
    expect(say(told("sla.unmatched", { ...kept, sla: null, cause: null, left: null }))).toEqual({
      text: "No service level any more",
      reason: null,
    });
  });

  it("say what the shop told, with what it told about it", () => {
    const data = {
      customer: "k1",
      name: "Checkout abandoned",
      at: AT,
      meta: { cartStr: "Burrow 38", step: 2 },
    };
    expect(say(told("customer.tracked", data))).toEqual({
      text: "Checkout abandoned",
      reason: "Cart: Burrow 38, Step: 2",
    });
    const maya = { type: "customer", id: "k1", displayName: "Maya" } as const;
    expect(say(told("customer.tracked", { ...data, meta: {} }, maya))?.reason).toBe("told by the page");
  });
});
