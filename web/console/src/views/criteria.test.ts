import { describe, expect, it } from "vitest";

import { asSearch, type FieldKind, fromSearch, isFinished, ME, NEW_QUERIES, type Query } from "./criteria.ts";

const KINDS: Readonly<Record<string, FieldKind>> = {
  conversation_status: "choice",
  customer_custom_pointsNum: "number",
  customer_custom_isVipBool: "yesno",
  conversation_created_at: "age",
};
const kindOf = (field: string): FieldKind => KINDS[field] ?? "text";

const QUERY: Query = {
  match: "or",
  criteria: [
    { field: "conversation_status", operator: "in", values: ["open", "snoozed"] },
    { field: "conversation_assigned_users", operator: "in", values: [ME] },
    { field: "customer_custom_pointsNum", operator: "gt", values: ["12.5"] },
    { field: "customer_custom_isVipBool", operator: "equals", values: ["true"] },
    { field: "conversation_created_at", operator: "lt", values: ["-4h"] },
    { field: "conversation_queue", operator: "not_set", values: [] },
    { field: "any_text", operator: "contains", values: ["seam"] },
  ],
};

describe("what a view asks for", () => {
  it("can be in the order in which it is promised to be answered", () => {
    const due: Query = {
      match: "and",
      criteria: [{ field: "conversation_sla_due_at", operator: "lt", values: ["+1h"] }],
      isByDue: true,
    };
    const written = asSearch(due, () => "soon");

    expect(written).toEqual({
      and: [{ conversation_sla_due_at: { lt: "+1h" } }],
      sort: [{ conversation_sla_due_at: "asc" }],
    });
    expect(fromSearch(written)).toEqual(due);
    expect(fromSearch({ ...written, sort: [{ conversation_name: "asc" }] })).toBeNull();
  });

  it("is written with values of their types", () => {
    expect(asSearch(QUERY, kindOf)).toEqual({
      or: [
        { conversation_status: { in: ["open", "snoozed"] } },
        { conversation_assigned_users: { in: [ME] } },
        { customer_custom_pointsNum: { gt: 12.5 } },
        { customer_custom_isVipBool: { equals: true } },
        { conversation_created_at: { lt: "-4h" } },
        { conversation_queue: { not_set: "" } },
        { any_text: { contains: "seam" } },
      ],
    });
  });

  it("is read as it was written", () => {
    expect(fromSearch(asSearch(QUERY, kindOf))).toEqual(QUERY);
    expect(fromSearch(asSearch(NEW_QUERIES.conversation, kindOf))).toEqual(NEW_QUERIES.conversation);
  });

  it("leaves out what is not finished", () => {
    const half = { field: "any_text", operator: "contains" as const, values: [" "] };
    expect(isFinished(half)).toBe(false);
    expect(asSearch({ match: "and", criteria: [half] }, kindOf)).toEqual({ and: [] });
  });

  it.each([
    [{ and: [], or: [] }],
    [{ not: [{ conversation_status: { equals: "done" } }] }],
    [{ and: [{ or: [{ a: { equals: "b" } }] }] }],
    [{ and: [{ a: { gt: 1, lt: 3 } }] }],
    [{ and: [{ a: { equals: 1 }, b: { equals: 2 } }] }],
    [{ and: [{ a: { like: "x" } }] }],
    [null],
  ])("is not edited where the builder cannot show it: %j", (search) => {
    expect(fromSearch(search)).toBeNull();
  });
});
