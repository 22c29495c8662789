import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { inject } from "vitest";

import { WITHIN_MS } from "./waiting.ts";

export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const RESULTS = join(import.meta.dirname, "../results");

let connected: Promise<Browser> | null = null;

/** The one browser of the run; stories differ in their contexts. */
export function theBrowser(): Promise<Browser> {
  connected ??= chromium.connect(inject("browser"));
  return connected;
}

/** A page in a context of its own: another person, or the same one at another machine. */
export async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  const browser = await theBrowser();
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Europe/London",
    viewport: { width: 1280, height: 720 },
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(WITHIN_MS);
  return context.newPage();
}

/** What everybody was looking at when a story failed. */
export async function keepPictures(name: string, pages: readonly Page[]): Promise<void> {
  const folder = join(RESULTS, "failures");
  await mkdir(folder, { recursive: true });
  const start = name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80);
  for (const [index, page] of pages.entries()) {
    if (page.isClosed()) continue;
    await page.screenshot({ path: join(folder, `${start}-${index + 1}.png`) }).catch(() => undefined);
  }
}
