import type { BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";

import { makeAdministrator } from "./harness/administrator.ts";
import { PHONE } from "./harness/browser.ts";
import { drawnWithin } from "./harness/scrolling.ts";
import type { Server } from "./harness/server.ts";
import { type People, story } from "./harness/story.ts";

/** Everything beside the lists, and what stands on it when it is there. */
const SCREENS = [
  ["settings/attributes/customer", "Attributes"],
  ["settings/objects/order", "Orders"],
  ["settings/identity", "Identity"],
  ["settings/imports", "Import customers"],
  ["settings/records", "Customer records"],
  ["settings/chat", "Chat"],
  ["settings/routing", "Routing"],
  ["search/all/alder", "Search"],
] as const;

story("on a desk no screen scrolls the window away", async ({ server, people }) => {
  await lookAround(server, people, {});
});

story("on a phone neither", async ({ server, people }) => {
  await lookAround(server, people, PHONE);
});

async function lookAround(server: Server, people: People, options: BrowserContextOptions): Promise<void> {
  await makeAdministrator(server, "ana");
  const { page } = await people.atTheDesk("ana", options);
  await page.goto(`${server.url}/#/inbox/all`);
  await page.getByRole("option").first().click();
  await page.getByRole("textbox", { name: /^Reply to/ }).waitFor();
  expect(await drawnWithin(page)).toEqual(HELD);

  for (const [hash, heading] of SCREENS) {
    await opens(page, server, hash, heading);
    expect({ hash, ...(await drawnWithin(page)) }).toEqual({ hash, ...HELD });
  }
}

const HELD = { isLonger: false, isScrolled: false };

async function opens(page: Page, server: Server, hash: string, heading: string): Promise<void> {
  await page.goto(`${server.url}/#/${hash}`);
  await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
}
