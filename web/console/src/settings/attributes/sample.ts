import { type Attribute, type Branch, suffixOf, TARGETS } from "../../attributes/attribute.ts";
import { words } from "./en.ts";

/** What such an attribute could hold, to show how it will look. */
export function sampleOf(attribute: Attribute): string {
  const { kind, isMany, choices, tree, target } = attribute;
  switch (kind) {
    case "text":
      return sampleText(attribute);
    case "long":
      return words.sample.long;
    case "number":
      return attribute.isPlain ? String(YEAR) : NUMBER.toLocaleString();
    case "yesno":
      return words.sample.yes;
    case "link":
      return words.sample.link;
    case "date":
    case "moment":
      return new Date().toLocaleDateString(undefined, { dateStyle: "medium" });
    case "choice":
      return choices.slice(0, isMany ? 2 : 1).join(", ") || words.sample.none;
    case "levels":
      return (
        deepest(tree)
          .map(({ label }) => label)
          .join(" › ") || words.sample.none
      );
    case "reference":
      return words.sample.targets[TARGETS.find((one) => one === target) ?? "conversation"];
  }
}

/** The same as a program writes it. */
export function sampleValue(attribute: Attribute): unknown {
  const value = singleValue(attribute);
  return attribute.isMany ? [value] : value;
}

/** A currency that is a word would look like a mistake. */
function sampleText({ name }: Attribute): string {
  const [, sample] = words.sample.texts.find(([pattern]) => pattern.test(name)) ?? [];
  return sample ?? words.sample.text;
}

const NUMBER = 42;
const YEAR = 2026;
const AN_ID = "64f0c0ffee64f0c0ffee64f0";

function singleValue(attribute: Attribute): unknown {
  const { kind, choices, tree } = attribute;
  switch (kind) {
    case "text":
      return sampleText(attribute);
    case "long":
      return words.sample.long;
    case "number":
      return attribute.isPlain ? YEAR : NUMBER;
    case "date":
      return new Date().toISOString().slice(0, 10);
    case "yesno":
      return true;
    case "link":
      return `https://${words.sample.link}`;
    case "moment":
      return `${new Date().toISOString().slice(0, 10)}T09:30:00Z`;
    case "choice":
      return choices[0] ?? words.sample.none;
    case "levels":
      return deepest(tree)
        .map(({ name }) => name)
        .join(".");
    case "reference":
      return AN_ID;
  }
}

/** For a card, which draws values by their types. */
export function sampleField(attribute: Attribute) {
  const type = suffixOf(attribute.kind);
  const { name, displayName: label, isPlain } = attribute;
  return { name, label, type, value: sampleValue(attribute), isPlain };
}

/** The first choice with the first one below it, and so on. */
function deepest([first]: readonly Branch[]): readonly Branch[] {
  return first === undefined ? [] : [first, ...deepest(first.below)];
}
