import { describe, expect, it } from "vitest";

import { asProperty, lacks, NEW_ATTRIBUTE, readAttributes } from "../../attributes/attribute.ts";
import { suggestKlassName, suggestName } from "./naming.ts";
import { treeAsText, treeFromText } from "./tree.ts";

describe("names for programs", () => {
  it.each([
    ["Favourite colour", "text", "favouriteColourStr"],
    ["VAT number", "text", "vatNumberStr"],
    ["Größe (EU)", "number", "grosseEUNum"],
    ["2nd address", "long", "ndAddressTxt"],
    ["Mother’s day", "moment", "mothersDayAt"],
    ["Birth date", "date", "birthDate"],
    ["Размер", "choice", "attributeStr"],
    ["", "yesno", "attributeBool"],
  ] as const)("turn %j (%s) into %s", (words, kind, name) => {
    expect(suggestName(words, kind)).toBe(name);
  });

  it("get a number where one is taken, in any case", () => {
    expect(suggestName("Size", "text", ["SIZEStr"])).toBe("size2Str");
    expect(suggestKlassName("Order", ["order"])).toBe("order2");
  });

  it("fit, however long the words are", () => {
    expect(suggestName("very ".repeat(40), "reference").length).toBeLessThanOrEqual(64);
  });
});

describe("an attribute on the wire", () => {
  it("is read as it was written", () => {
    const attribute = {
      ...NEW_ATTRIBUTE,
      name: "sizesStr",
      displayName: "Sizes",
      kind: "choice" as const,
      isMany: true,
      choices: ["38", "39"],
      isSensitive: true,
      description: "As sewn in",
    };

    expect(readAttributes({ sizesStr: asProperty(attribute) })).toEqual([attribute]);
  });

  it("keeps that it is a date, and that a number is written without separators", () => {
    const born = { ...NEW_ATTRIBUTE, name: "bornDate", displayName: "Born", kind: "date" as const };
    const year = {
      ...NEW_ATTRIBUTE,
      name: "yearNum",
      displayName: "Year",
      kind: "number" as const,
      isPlain: true,
    };

    expect(asProperty(born)).toMatchObject({ type: "Date" });
    expect(readAttributes({ bornDate: asProperty(born), yearNum: asProperty(year) })).toEqual([born, year]);
  });

  it("keeps its tree", () => {
    const tree = treeFromText("Shoes\n  Boots\n  Sandals\nTents");
    const attribute = { ...NEW_ATTRIBUTE, name: "aTree", displayName: "A", kind: "levels" as const, tree };

    expect(readAttributes({ aTree: asProperty(attribute) })).toEqual([attribute]);
  });

  it("keeps what no form shows", () => {
    const [read] = readAttributes({ a: { type: "Num", default: 3, target: null } });

    expect(read && asProperty(read).default).toBe(3);
  });

  it("comes in the order of its place, and takes the server's odd answers for empty ones", () => {
    const read = readAttributes({
      b: { type: "Num", position: 2 },
      a: { type: "What?", position: 1 },
      c: null,
    });

    expect(read.map(({ name, kind, displayName }) => [name, kind, displayName])).toEqual([
      ["a", "text", "a"],
      ["b", "number", "b"],
    ]);
  });
});

describe("a tree of choices", () => {
  it("is written as lines", () => {
    const text = "Shoes\n  Boots\n    Winter\n  Sandals\nTents";
    expect(treeAsText(treeFromText(text))).toBe(text);
  });

  it("has no dots in its names, which are joined by them, and keeps the names it has", () => {
    const [first, second] = treeFromText("No. 1\nNo 1");
    expect([first?.name, first?.label, second?.name]).toEqual(["No 1", "No. 1", "No 1 2"]);
    const before = [{ name: "boots", label: "Boots", below: [{ name: "w", label: "Winter", below: [] }] }];
    expect(treeFromText("Tents\nBoots\n  Winter", before)[1]).toEqual(before[0]);
  });

  it("is read however far the lines stand in", () => {
    expect(treeAsText(treeFromText("\n Shoes\n\tBoots\n\tBoots\n\n     Deep\n Tents "))).toBe(
      "Shoes\n  Boots\n    Deep\nTents",
    );
  });
});

describe("what an attribute lacks", () => {
  it("is said of each field", () => {
    expect(lacks({ ...NEW_ATTRIBUTE, kind: "choice", name: "9" }, [])).toEqual({
      displayName: "empty",
      name: "form",
      choices: "empty",
    });
  });

  it("is a name of its own, whatever the case", () => {
    const size = { ...NEW_ATTRIBUTE, name: "sizeStr", displayName: "Size" };
    expect(lacks(size, [])).toEqual({});
    expect(lacks(size, [{ ...size, name: "SIZESTR", displayName: "Shoe" }])).toEqual({ name: "taken" });
    expect(lacks(size, [{ ...size, name: "size2Str", displayName: "size " }])).toEqual({
      displayName: "taken",
    });
  });
});
