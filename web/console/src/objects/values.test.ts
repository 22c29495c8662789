import { describe, expect, it } from "vitest";
import type { FieldType } from "../attributes/names.ts";
import { labelOf } from "../attributes/names.ts";
import { objectFromCard } from "./reading.ts";
import type { Field } from "./types.ts";
import { changesBetween, shownFields } from "./values.ts";

const field = (name: string, type: FieldType, value: unknown): Field => ({
  name,
  label: labelOf(name),
  type,
  value,
});

describe("a card", () => {
  it("writes amounts in the record's own currency, and the currency nowhere else", () => {
    const fields = [
      field("totalNum", "Num", 1249.5),
      field("itemsNum", "Num", 3),
      field("currencyStr", "Str", "eur"),
    ];
    const euros = new Intl.NumberFormat(undefined, { style: "currency", currency: "EUR" }).format(1249.5);

    expect(shownFields(fields).map(({ field: { name }, text }) => [name, text])).toEqual([
      ["totalNum", euros],
      ["itemsNum", "3"],
    ]);
  });

  it("keeps the number where the currency is none", () => {
    const fields = [field("totalNum", "Num", 5), field("currencyStr", "Str", "coins")];

    expect(shownFields(fields).map(({ text }) => text)).toEqual(["5", "coins"]);
  });

  it("is made of what an event brings, without what is odd", () => {
    const card = objectFromCard({
      id: "o1",
      klass: "order",
      klassDisplayName: "Order",
      icon: null,
      externalId: "FW-1",
      title: "",
      fields: [{ name: "statusStr", displayName: "Status", type: "Str", value: "new" }, null, { value: 3 }],
    });

    expect(card).toMatchObject({
      title: "FW-1",
      klassName: "Order",
      fields: [{ label: "Status", value: "new" }],
    });
    expect(objectFromCard({ title: "nameless" })).toBeNull();
  });

  it("says what became different", () => {
    const before = [field("statusStr", "Str", "placed"), field("noteTxt", "Txt", "gift")];
    const after = [field("statusStr", "Str", "shipped"), field("carrierStr", "Str", "DHL")];

    expect(changesBetween(before, after)).toEqual([
      { label: "Status", before: "placed", after: "shipped" },
      { label: "Note", before: "gift", after: null },
      { label: "Carrier", before: null, after: "DHL" },
    ]);
  });
});
