/** True when every word of `query` begins a word of `text`; accents and case do not count. */
export function matches(text: string, query: string): boolean {
  const words = plain(text).split(/[\s.@/()-]+/u);
  return plain(query)
    .split(/\s+/u)
    .filter((word) => word !== "")
    .every((asked) => words.some((word) => word.startsWith(asked)) || plain(text).includes(asked));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
