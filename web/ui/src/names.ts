const NOTHING_TO_SHOW = "?";

/** Up to two letters that stand for a name: "Ana Lima" → "AL", "ana@shop.example" → "A", "山田太郎" → "山". */
export function initials(name: string): string {
  const words = name
    .normalize("NFC")
    .replace(/@.*$/u, "")
    .split(/[\s._-]+/u)
    .map((word) => firstLetter(word))
    .filter((letter) => letter !== "");
  const first = words[0];
  if (first === undefined) return NOTHING_TO_SHOW;
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  // Two ideographs or two Hangul syllables would read as another word; one is the custom.
  return /^\p{Script=Latin}|^\p{Script=Cyrillic}|^\p{Script=Greek}|^\p{N}/u.test(first)
    ? (first + last).toUpperCase()
    : first;
}

/** A number from 1 to `choices` that stays the same for the same id: which quiet colour a chip gets. */
export function chipOf(id: string, choices = 5): number {
  let sum = 0;
  for (let index = 0; index < id.length; index += 1) sum = (sum * 31 + id.charCodeAt(index)) >>> 0;
  return (sum % choices) + 1;
}

function firstLetter(word: string): string {
  const match = /[\p{L}\p{N}]/u.exec(word);
  return match?.[0] ?? "";
}
