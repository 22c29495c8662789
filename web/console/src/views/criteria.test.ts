import { describe, expect, it } from "vitest";

import { asSearch, type FieldKind, fromSearch, isFinished, ME, NEW_QUERIES, type Query } from "./criteria.ts";

const KINDS: Readonly<Record<string, FieldKind>> = {
  conversation_status: "choice",
  customer_custom_pointsNum: "number",
  customer_custom_isVipBool: "yesno",
  conversation_created_at: "age",
};
const kindOf = (field: string): FieldKind => KINDS[field] ?? "text";

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

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
    expect(fromSearch(written)).toMatchObject(due);
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
      timeZone: HERE,
    });
  });

  it("is read as it was written", () => {
    expect(fromSearch(asSearch(QUERY, kindOf))).toMatchObject(QUERY);
    expect(fromSearch(asSearch(NEW_QUERIES.conversation, kindOf))).toMatchObject(NEW_QUERIES.conversation);
  });

  it("keeps the values of what is not known here, such as an attribute that is gone", () => {
    const written = {
      and: [{ kobject_custom_order_totalNum: { gt: 100 } }, { any_text: { contains: "x" } }],
    };
    const read = fromSearch(written);

    expect(asSearch(read as Query, () => "text")).toEqual(written);
  });

  it("means days of the time zone in which they were chosen", () => {
    const placed = { field: "kobject_custom_order_placedAt", values: ["2026-11-24"] };
    const query: Query = {
      match: "and",
      criteria: [
        { ...placed, operator: "after" },
        { ...placed, operator: "before" },
        { ...placed, operator: "equals" },
      ],
      timeZone: "Europe/Lisbon",
    };
    const written = asSearch(query, () => "age");

    expect(written).toEqual({
      and: ["gt", "lt", "equals"].map((operator) => ({
        kobject_custom_order_placedAt: { [operator]: "2026-11-24" },
      })),
      timeZone: "Europe/Lisbon",
    });
    expect(fromSearch(written)).toMatchObject(query);
    expect(fromSearch({ and: written.and })?.timeZone).toBe("UTC");
    expect(asSearch({ ...query, timeZone: undefined as never }, () => "age").timeZone).toBe(HERE);
  });

  it("keeps the time zone it was written in, of which what is so long ago is reckoned as well", () => {
    const written = { and: [{ customer_custom_renewalDate: { gt: "-7d" } }], timeZone: "Asia/Tokyo" };
    const renamed = { ...(fromSearch(written) as Query), isByDue: true };

    expect(asSearch(renamed, () => "age")).toMatchObject(written);
    expect(asSearch(renamed, () => "text")).toMatchObject(written);
    expect(fromSearch({ and: written.and })?.timeZone).toBe("UTC");
    expect(fromSearch({ and: [{ any_text: { contains: "x" } }] })).not.toHaveProperty("timeZone");
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
    [{ and: [{ a: { after: "2026-11-24" } }] }],
    [null],
  ])("is not edited where the builder cannot show it: %j", (search) => {
    expect(fromSearch(search)).toBeNull();
  });
});
