import type { Page, VisitContext } from "@kithdesk/api-client";

/** What the first message of a conversation brings along, so that the agent need not ask. */
export function contextOf(pages: Page[], referrer: string): VisitContext {
  const { userAgentData } = navigator as Navigator & {
    userAgentData?: { platform?: string; mobile?: boolean };
  };
  return {
    pages: pages.slice(-50),
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
