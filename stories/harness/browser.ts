import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { WITHIN_MS } from "./waiting.ts";

export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const RESULTS = join(import.meta.dirname, "../results");

let launched: Promise<Browser> | null = null;

/** The one browser of this process, which ends with it; stories differ in their contexts. */
export function theBrowser(): Promise<Browser> {
  launched ??= chromium.launch({
    executablePath: process.env.KITHDESK_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // As browsers do or will do: a frame of another site gets no cookies and no storage.
      "--test-third-party-cookie-phaseout",
    ],
  });
  return launched;
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
  listenForComplaints(context);
  return context.newPage();
}

/** What everybody was looking at when a story failed, what their browsers complained of, and what the server said. */
export async function keepEvidence(name: string, pages: readonly Page[], log: string): Promise<void> {
  const folder = join(RESULTS, "failures");
  await mkdir(folder, { recursive: true });
  const start = name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80);
  const said: string[] = [];
  for (const [index, page] of pages.entries()) {
    said.push(`# Page ${index + 1}: ${page.url()}`, ...(complaints.get(page.context()) ?? []));
    await page.screenshot({ path: join(folder, `${start}-${index + 1}.png`) }).catch(() => undefined);
  }
  await writeFile(join(folder, `${start}.log`), [...said, "# Server", log].join("\n"));
}

const complaints = new WeakMap<BrowserContext, string[]>();

/** Exceptions that nobody caught, in any page of this browser. */
export function uncaught(page: Page): string[] {
  return (complaints.get(page.context()) ?? []).filter((complaint) => complaint.includes(UNCAUGHT));
}

const UNCAUGHT = " uncaught: ";

function listenForComplaints(context: BrowserContext): void {
  const heard: string[] = [];
  complaints.set(context, heard);
  const note = (text: string) => heard.push(`${new Date().toISOString()} ${text}`);
  context.on("console", (message) => note(`${message.type()}: ${message.text()}`));
  context.on("weberror", (error) => note(`${UNCAUGHT.trim()} ${error.error().stack}`));
  context.on("requestfailed", (request) => note(`${request.failure()?.errorText}: ${request.url()}`));
  context.on("response", (response) => {
    if (response.status() >= 400) note(`${response.status()}: ${response.url()}`);
  });
}
