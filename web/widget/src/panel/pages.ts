import type { Page } from "@kithdesk/api-client";

/** The pages that the host tells of: its words, so only what has the right shape is taken. */
export function pagesIn(context: object): { pages: Page[]; referrer: string } {
  const { pages, referrer } = context as { pages?: unknown; referrer?: unknown };
  return {
    pages: Array.isArray(pages) ? pages.filter(isPage).slice(-50) : [],
    referrer: typeof referrer === "string" ? referrer : "",
  };
}

function isPage(page: unknown): page is Page {
  const { url, title, at } = (page ?? {}) as Record<string, unknown>;
  return typeof url === "string" && typeof title === "string" && typeof at === "string";
}
