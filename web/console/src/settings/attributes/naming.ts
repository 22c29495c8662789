import { type Kind, suffixOf } from "../../attributes/attribute.ts";

const LONGEST = 64;

/**
 * A name for programs from the one for people: `Favourite colour` as a short text is `favouriteColourStr`. What has no
 * Latin letters at all is called `attribute`, with a number when that is taken.
 */
export function suggestName(displayName: string, kind: Kind, taken: readonly string[] = []): string {
  const suffix = suffixOf(kind);
  const name = camelCase(displayName);
  // "Birth date" as a date says its kind already.
  const bare = name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
  const stem = bare.slice(0, LONGEST - suffix.length - 3) || "attribute";
  const isTaken = (one: string) => taken.some((other) => other.toLowerCase() === one.toLowerCase());
  let found = stem + suffix;
  for (let number = 2; isTaken(found); number += 1) found = `${stem}${number}${suffix}`;
  return found;
}

/** `Order` as the name of a klass, which has no ending: `order`. */
export function suggestKlassName(displayName: string, taken: readonly string[] = []): string {
  const stem = camelCase(displayName).slice(0, LONGEST - 3) || "object";
  let name = stem;
  for (let number = 2; taken.includes(name); number += 1) name = `${stem}${number}`;
  return name;
}

/** Letters that do not come apart into one of a to z and a mark. */
const UNFOLDED: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d" };

function camelCase(words: string): string {
  return words
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøłđ]/giu, (letter) => UNFOLDED[letter.toLowerCase()] ?? "")
    .replace(/['’]/gu, "")
    .split(/[^a-zA-Z0-9]+/u)
    .filter((word) => word !== "")
    .map((word, index) => (index === 0 ? lowerFirst(word) : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("")
    .replace(/^\d+/u, "");
}

/** `VAT number` is `vatNumber`, and `iPhone` stays as it is. */
function lowerFirst(word: string): string {
  return word === word.toUpperCase() ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
}
