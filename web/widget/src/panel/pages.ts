import type { SeenPage } from "../loader/path.ts";

/** The pages that the host tells of: its words, so only what has the right shape is taken. */
export function pagesIn(pages: object): SeenPage[] {
  return Array.isArray(pages) ? pages.filter(isPage).map(pageOf) : [];
}

function isPage(page: unknown): page is SeenPage {
  const { url, title, at } = (page ?? {}) as Record<string, unknown>;
  return typeof url === "string" && typeof title === "string" && typeof at === "string";
}

function pageOf({ url, title, at, from }: SeenPage): SeenPage {
  return { url, title, at, from: typeof from === "string" ? from : "" };
}
