import type { VisitContext } from "@kithdesk/api-client";
import type { SeenPage } from "../loader/path.ts";

const MOST = 50;

/** What the first message of a conversation brings along, so that the agent need not ask. */
export function contextOf(pages: SeenPage[]): VisitContext {
  const { userAgentData } = navigator as Navigator & {
    userAgentData?: { platform?: string; mobile?: boolean };
  };
  const referrer = pages.map(referrerOf).find((from) => from);
  // The first page says how they came; of the others the last count.
  const told = pages.length > MOST ? [...pages.slice(0, 1), ...pages.slice(1 - MOST)] : pages;
  return {
    pages: told.map(({ url, title, at }) => ({ url, title, at })),
    ...(referrer ? { referrer } : {}),
    language: navigator.language,
    languages: [...navigator.languages].slice(0, 8),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: { width: screen.width, height: screen.height },
    ...(userAgentData
      ? {
          clientHints: { platform: userAgentData.platform ?? "", mobile: String(userAgentData.mobile ?? "") },
        }
      : {}),
  };
}

/** The page of another site that led here, if one did. */
export function referrerOf({ url, from }: SeenPage): string {
  return from.split("/")[2] === url.split("/")[2] ? "" : from;
}
