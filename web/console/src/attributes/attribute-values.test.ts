import { describe, expect, it } from "vitest";

import { draftOf, valueFrom, wordsOfValue } from "./attribute-values.ts";
import { type Declared, declaredFrom } from "./declared.ts";

function declared(property: object): Declared {
  const [found] = declaredFrom({
    type: "metadata",
    id: "customer",
    attributes: { properties: { x: property } },
  });
  return found as Declared;
}

const TREE = {
  type: "Tree",
  tree: [
    { name: "returns", displayName: "Returns", children: [{ name: "damaged", displayName: "Came damaged" }] },
    { name: "other" },
  ],
};

describe("values of attributes", () => {
  it("of a tree are its branches' names, from the top", () => {
    const reason = declared(TREE);

    expect(reason.choices.map(({ value, depth }) => [value, depth])).toEqual([
      ["returns", 0],
      ["returns.damaged", 1],
      ["other", 0],
    ]);
    expect(wordsOfValue(reason, "returns.damaged")).toBe("Returns › Came damaged");
    expect(wordsOfValue(reason, "gone.away")).toBe("gone › away");
  });

  it.each([
    ["a number", { type: "Num" }, 12.5, "12.5"],
    ["a text", { type: "Str" }, "hat", "hat"],
    ["several texts", { type: "Str", array: true }, ["hat", "scarf"], "hat\nscarf"],
    ["a date", { type: "Date" }, "1990-03-04", "1990-03-04"],
    ["a moment", { type: "At" }, "2026-11-24T10:00:00.000Z", undefined],
    ["nothing", { type: "Str" }, null, ""],
  ])("come back from their field as they went in: %s", (_, property, value, draft) => {
    const one = declared(property);
    const written = draftOf(one, value);

    if (draft !== undefined) expect(written).toBe(draft);
    expect(valueFrom(one, written)).toEqual(value);
  });

  it("are none where the text is none of the type", () => {
    expect(valueFrom(declared({ type: "Num" }), "many")).toBeUndefined();
    expect(valueFrom(declared({ type: "Num", array: true }), "1\nmany")).toBeUndefined();
    expect(valueFrom(declared({ type: "Date" }), "2026-02-30")).toBeUndefined();
  });

  it("of numbers are grouped, unless they are years or the numbers of something", () => {
    expect(wordsOfValue(declared({ type: "Num", display: "grouped" }), 1042)).toBe((1042).toLocaleString());
    expect(wordsOfValue(declared({ type: "Num", display: "plain" }), 1042)).toBe("1042");
  });
});
