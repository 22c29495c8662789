/** The pages seen on this visit, kept in its tabs alone. They leave only with a conversation that the visitor starts. */
import type { Page } from "@kithdesk/api-client";
import { wantsPrivacy } from "./options.ts";
import { attempt, keep, kept } from "./storage.ts";

const KEY = "kithdesk-path";

/** `from`: where a link led here, with the first page of a tab's load. */
export type SeenPage = Required<Page> & { from: string };

export let pages: SeenPage[] = [];
let lookedAt = "";

/**
 * Scheme, host, path, and of the query the names that the organisation keeps. Queries and fragments carry tokens and
 * searches; `;` parameters carry session ids.
 */
export function cleanUrl(href: string, keptQuery?: string[]): string {
  const url = attempt(() => new URL(href));
  if (!url) return "";
  const query = url.searchParams;
  for (const name of [...query.keys()]) keptQuery?.includes(name) || query.delete(name);
  return cleanText(url.origin + url.pathname.replace(/;[^/]*/g, "") + url.search);
}

/** No e-mail address leaves the page by way of a path or a title. */
export function cleanText(text: string): string {
  return text.replace(/[^\s/@?&=]+(@|%(25)*40)[^\s/@&]+/g, "…").slice(0, 999);
}

/**
 * Notes the page when it is another one and has stayed for a second look: pages that change by script set their title
 * a little later than their address. Looking leaves the page's own history as it is. Returns what was noted.
 */
export function lookAtPage(keptQuery?: string[]): SeenPage | undefined {
  const url = cleanUrl(location.href, keptQuery);
  const from = lookedAt ? "" : cleanUrl(document.referrer);
  const settled = url === lookedAt || !lookedAt;
  lookedAt = url;
  if (!settled || pages.at(-1)?.url === url) return;
  const page = { url, title: cleanText(document.title), at: new Date().toISOString(), from };
  pages = [...pages, page];
  // As many as a conversation takes. The first stays, for it says how they came.
  if (pages.length > 50) pages.splice(1, 1);
  if (!wantsPrivacy()) store();
  return page;
}

/** Of whoever was here until now. */
export function forgetPages(): void {
  pages = [];
  keep(KEY, "", true);
}

/**
 * From this tab's earlier pages, or, where it has just been opened, from those of the tab beside it that was looked at
 * within half an hour: tabs tell each other, and none stores more than its own.
 */
export function recallPages(): void {
  if (wantsPrivacy()) return;
  pages = attempt(() => JSON.parse(kept(KEY, true) as string)) ?? [];
  attempt(() => {
    const tabs = new BroadcastChannel(KEY);
    let asking = !pages.length;
    tabs.onmessage = ({ data }) => {
      if (!data) tabs.postMessage(pages);
      else if (asking && Date.now() - Date.parse(data[data.length - 1]?.at) < 18e5) {
        asking = false;
        pages = [...data, ...pages];
        // An answer that comes late finds the first page kept already.
        if (kept(KEY, true)) store();
      }
    };
    if (asking) tabs.postMessage(0);
  });
}

function store(): void {
  keep(KEY, JSON.stringify(pages), true);
}
