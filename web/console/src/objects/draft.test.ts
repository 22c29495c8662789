import { expect, it } from "vitest";

import type { Declared } from "../attributes/declared.ts";
import { bodyFrom, draftFrom, isNothing, mergedDraft, missingIn, newDraft, TITLE } from "./draft.ts";

const attribute = (name: string, type: Declared["type"], more: Partial<Declared> = {}): Declared => ({
  name,
  label: name,
  type,
  description: "",
  choices: [],
  isList: false,
  isRequired: false,
  ...more,
});
const ATTRIBUTES = [
  attribute("serialStr", "Str", { isRequired: true }),
  attribute("yearsNum", "Num", { initial: 2 }),
  attribute("paidBool", "Bool"),
  attribute("partsStr", "Str", { isList: true }),
  attribute("secretStr", "Str", { isSensitive: true }),
];
const RECORD = {
  id: "w1",
  klass: "warranty",
  title: "",
  custom: { serialStr: "A-1", paidBool: false, partsStr: ["lid", "hinge"], secretStr: { isMasked: true } },
  rev: 1,
  keptBy: null,
};

it("says what was changed and nothing else", () => {
  const before = draftFrom(ATTRIBUTES, RECORD);

  const now = { ...before, paidBool: "true", partsStr: "lid\n\nknob ", yearsNum: "3" };

  expect(bodyFrom(ATTRIBUTES, before, now)).toEqual({
    body: { custom: { paidBool: true, partsStr: ["lid", "knob"], yearsNum: 3 } },
    unreadable: [],
  });
  expect(isNothing(bodyFrom(ATTRIBUTES, before, before).body)).toBe(true);
});

it("clears what is emptied, and keeps a sensitive value that is only masked here", () => {
  const before = draftFrom(ATTRIBUTES, { ...RECORD, title: "For the tent" });

  const { body } = bodyFrom(ATTRIBUTES, before, { ...before, [TITLE]: " ", paidBool: "", partsStr: "" });

  expect(body).toEqual({ title: null, custom: { paidBool: null, partsStr: null } });
});

it("names what means nothing of its type, and what is required and missing", () => {
  const before = newDraft(ATTRIBUTES);

  expect(bodyFrom(ATTRIBUTES, before, { ...before, yearsNum: "two" }).unreadable).toEqual(["yearsNum"]);
  expect(missingIn(ATTRIBUTES, { ...before, serialStr: "  " })).toEqual(["serialStr"]);
  expect(before).toMatchObject({ yearsNum: "2" });
});

it("takes in what others wrote where nothing was typed, and says where both did", () => {
  const before = { [TITLE]: "", serialStr: "A-1", yearsNum: "2", paidBool: "" };
  const mine = { ...before, serialStr: "A-7", paidBool: "true" };
  const theirs = { ...before, serialStr: "A-9", yearsNum: "5", paidBool: "true" };

  expect(mergedDraft({ before, mine, theirs })).toEqual({
    draft: { [TITLE]: "", serialStr: "A-7", yearsNum: "5", paidBool: "true" },
    both: ["serialStr"],
  });
});
