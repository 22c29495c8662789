/** What button and frame are called on the page; all other words are the panel's. */
export const launcherName = (lang: string): string => (/^ar/i.test(lang) ? "المحادثة" : "Chat");
