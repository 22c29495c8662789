import { expect, it } from "vitest";

import type { FieldType } from "../attributes/names.ts";
import type { Field } from "../objects/types.ts";
import { cardWords } from "./card-words.ts";
import { type Piece, piecesOf } from "./search.ts";

const field = (name: string, label: string, type: FieldType, value: unknown): Field => ({
  name,
  label,
  type,
  value,
});

const FIELDS = [
  field("statusStr", "Status", "Str", "Sent"),
  field("totalNum", "Total", "Num", 368),
  field("currencyStr", "Currency", "Str", "GBP"),
  field("itemsTxt", "Items", "Txt", "Alder 2, Alder mug"),
];
const STORED = "FW-20931 · Status: Sent · Total: 368.0 · Currency: GBP · Items: Alder 2, Alder mug";

function found(...words: string[]): Piece[] {
  return piecesOf(
    STORED,
    words.map((word) => [STORED.indexOf(word), STORED.indexOf(word) + word.length]),
  );
}

const written = (pieces: readonly Piece[]) =>
  pieces.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join("");

it("says what the card says, and not what is stored", () => {
  const total = new Intl.NumberFormat(undefined, { style: "currency", currency: "GBP" }).format(368);

  expect(written(cardWords(FIELDS, [], ""))).toBe(
    `Status: Sent · Total: ${total} · Items: Alder 2, Alder mug`,
  );
});

it("marks what was looked for wherever a value has it", () => {
  expect(written(cardWords(FIELDS, found("Alder"), ""))).toContain("Items: [Alder] 2, [Alder] mug");
});

it("marks a value whole that is written otherwise than it is stored", () => {
  expect(written(cardWords(FIELDS, found("368"), ""))).toMatch(/Total: \[[^\]]*368[^\]]*\]/u);
});

it("begins with what was found where no card shows it", () => {
  expect(written(cardWords(FIELDS, found("20931"), ""))).toMatch(/^FW-\[20931\] · Status: Sent/u);
});

it("does not say again what the title says", () => {
  expect(written(cardWords(FIELDS, found("Sent"), "Sent"))).not.toContain("Status");
  expect(written(cardWords(FIELDS, found("20931"), "FW-20931"))).toMatch(/^Status/u);
});
