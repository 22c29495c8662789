import type { PageView } from "../desk/types.ts";
import type { Entry } from "./entries.ts";

/** Reloading a page is not news: the same address several times in a row is looked at once. */
export function onceEach(pages: readonly PageView[]): readonly PageView[] {
  return pages.filter((page, index) => page.url !== pages[index - 1]?.url);
}

/** The pages that led to a conversation stand before it, as those that came after stand after it; each once. */
export function withPaths(entries: readonly Entry[]): readonly Entry[] {
  if (!entries.some((entry) => entry.kind === "opened" && entry.way.length > 0)) return entries;
  const known = new Set<string>();
  const isNew = (page: PageView) => {
    const key = `${page.at} ${page.url}`;
    const isFirst = !known.has(key);
    known.add(key);
    return isFirst;
  };
  return entries.flatMap((entry) => {
    if (entry.kind === "page") return isNew(entry.page) ? [entry] : [];
    if (entry.kind !== "opened") return [entry];
    const { position, at, conversation } = entry;
    const before = entry.way.filter(isNew);
    return [
      ...before.map((page): Entry => ({ kind: "page", page, position, at, conversation, actor: null })),
      entry,
    ];
  });
}
