import { describe, expect, it } from "vitest";

import { NEW_ATTRIBUTE } from "../../attributes/attribute.ts";
import { isReordered, type Klass, klassBody, klassFromResource, NEW_KLASS } from "./klass.ts";
import { lacks } from "./lacks.ts";
import { sampleCall } from "./sample-call.ts";

const NUMBER = { ...NEW_ATTRIBUTE, name: "orderNumberStr", displayName: "Number" };
const TOTAL = { ...NEW_ATTRIBUTE, name: "totalNum", displayName: "Total", kind: "number" as const };
const ORDER: Klass = {
  ...NEW_KLASS,
  id: "64f0c0ffee64f0c0ffee64f0",
  name: "order",
  displayName: "Order",
  pluralName: "Orders",
  attributes: [NUMBER, TOTAL],
  card: ["totalNum"],
  rev: 3,
};

describe("a kind of object on the wire", () => {
  it("is read as it was written", () => {
    const attributes = { ...klassBody(ORDER, NEW_KLASS), name: "order" };

    expect(klassFromResource({ type: "klass", id: ORDER.id ?? "", attributes })).toEqual(ORDER);
  });

  it("says which attributes are gone, and shows none of them on the card", () => {
    const body = klassBody({ ...ORDER, attributes: [NUMBER] }, ORDER);

    expect(body).toMatchObject({
      rev: 3,
      metadata: { properties: { totalNum: null } },
      card: { fields: [] },
    });
  });

  it("is put in order apart only when new attributes do not come last", () => {
    const added = { ...TOTAL, name: "taxNum" };
    expect(isReordered({ ...ORDER, attributes: [NUMBER, TOTAL, added] }, ORDER)).toBe(false);
    expect(isReordered({ ...ORDER, attributes: [NUMBER] }, ORDER)).toBe(false);
    expect(isReordered({ ...ORDER, attributes: [TOTAL, NUMBER] }, ORDER)).toBe(true);
    expect(isReordered({ ...ORDER, attributes: [NUMBER, added, TOTAL] }, ORDER)).toBe(true);
  });
});

it("cannot be saved without names that are its own", () => {
  expect(Object.keys(lacks(NEW_KLASS, []))).toEqual(["displayName", "name"]);
  expect(lacks(ORDER, [])).toEqual({});
  expect(Object.keys(lacks({ ...ORDER, name: "Order" }, [ORDER]))).toEqual(["name"]);
  expect(Object.keys(lacks({ ...ORDER, name: "ORDER" }, []))).toEqual(["name"]);
});

it("shows a call that a shell can run, whatever it is called", () => {
  const call = sampleCall({ ...ORDER, displayName: "Ana's order" }, "https://desk.example");

  expect(call).toContain("curl -X PUT 'https://desk.example/v1/klasses/order/externalId=1042'");
  expect(call).toContain('"title": "Ana\'\\\'\'s order 1042"');
  expect(call).toContain('"totalNum": 42');
});
