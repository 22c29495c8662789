/** The pages seen in this tab, kept in it alone. They leave only with a conversation that the visitor starts. */
import type { Page } from "@kithdesk/api-client";
import { attempt, keep } from "./storage.ts";

const KEY = "kithdesk-path";
const MOST = 50;

export let pages: Page[] = [];
let lookedAt = "";

/** Scheme, host and path. Queries and fragments carry tokens and searches; `;` parameters carry session ids. */
export function cleanUrl(href: string): string {
  const url = attempt(() => new URL(href));
  return url ? cleanText(url.origin + url.pathname.replace(/;[^/]*/g, "")) : "";
}

/** No e-mail address leaves the page by way of a path or a title. */
export function cleanText(text: string): string {
  return text.replace(/[^\s/@]+(@|%40)[^\s/@]+/gi, "…").slice(0, 999);
}

/**
 * Notes the page when it is another one and has stayed for a second look: pages that change by script set their title
 * a little later than their address. Looking leaves the page's own history as it is. True when it was noted.
 */
export function lookAtPage(stored: boolean): boolean {
  const url = cleanUrl(location.href);
  const settled = url === lookedAt || !lookedAt;
  lookedAt = url;
  if (!settled || pages.at(-1)?.url === url) return false;
  pages = [...pages, { url, title: cleanText(document.title), at: new Date().toISOString() }].slice(-MOST);
  if (stored) keep(KEY, JSON.stringify(pages), true);
  return true;
}

/** From this tab's earlier pages. */
export function recallPages(): void {
  pages = attempt(() => JSON.parse(sessionStorage.getItem(KEY) as string)) ?? [];
}
