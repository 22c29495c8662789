import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";

import { makeAdministrator, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { PHONE } from "./harness/browser.ts";
import { story } from "./harness/story.ts";
import { visible } from "./harness/waiting.ts";

const SCREENS = join(import.meta.dirname, "results/screens");

story(
  "an administrator plays the last hour again with more room, and sees that nobody would have waited",
  async ({ server, people }) => {
    await makeAdministrator(server, "ana");
    const program = await Program.of(server);
    await program.put("/v1/routing/settings", { acceptance: "auto", capacityPerAgent: 1 });
    const ana = await people.agent("ana");
    const { data: customer } = await program.post("/v1/customers", { name: "Noor" });
    for (const body of ["One", "Two", "Three"])
      await program.post("/v1/conversations", {
        customer: customer.id,
        message: { body, direction: "in" },
      });
    await server.advance({ minutes: 20 });
    const { page } = ana;
    await page.clock.setSystemTime(new Date(Date.now() + 20 * 60_000));

    await page.goto(`${server.url}/#/settings/simulation`);
    const room = page.getByRole("spinbutton", { name: "Everybody" });
    await visible(room);
    expect(await room.inputValue()).toBe("1");
    await page.getByRole("textbox", { name: "Name" }).fill("More room");
    await room.fill("5");
    await visible(page.getByText("Nothing has been played yet"));
    expect(await violations(page)).toEqual([]);
    await pictured(page, "what-if-form-desk-light");
    await room.press("Enter");

    const numbers = page.getByRole("table", { name: "All queues" });
    await visible(numbers);
    await visible(page.getByText(/^You can rely on this: played with nothing changed, all/));
    await visible(page.getByText(/ fewer still waits? at the end\.$/));
    const waited = numbers.getByRole("row", { name: /^Still waiting at the end/ });
    expect(Number(await waited.getByRole("cell").nth(0).innerText())).toBeGreaterThan(0);
    expect(await waited.getByRole("cell").nth(1).innerText()).toBe("0");
    await visible(page.locator("canvas").first());
    expect(await violations(page)).toEqual([]);
    await pictured(page, "what-if-result-desk-light");
    await page.emulateMedia({ colorScheme: "dark" });
    await pictured(page, "what-if-result-desk-dark");
    expect(await violations(page)).toEqual([]);

    const address = page.url();
    const phone = await people.agent("ana", PHONE);
    await phone.page.goto(address);
    await visible(phone.page.getByRole("table", { name: "All queues" }));
    await visible(phone.page.getByText("Everybody: capacity 5 (today 1)"));
    expect(await isWiderThanItsScreen(phone.page)).toBe(false);
    expect(await violations(phone.page)).toEqual([]);
    await pictured(phone.page, "what-if-result-phone-light");
    await phone.page.goto(`${server.url}/#/settings/simulation`);
    await visible(phone.page.getByRole("link", { name: /^More room/ }));
    expect(await isWiderThanItsScreen(phone.page)).toBe(false);
    await phone.page.emulateMedia({ colorScheme: "dark" });
    await pictured(phone.page, "what-if-form-phone-dark");

    await page.getByRole("button", { name: "Delete" }).click();
    await visible(page.getByText("Nothing has been played yet"));
  },
);

async function pictured(page: Page, name: string): Promise<void> {
  await mkdir(SCREENS, { recursive: true });
  await page.evaluate(() => { for (const one of document.querySelectorAll("*")) if (one.scrollHeight > one.clientHeight + 200) (one as HTMLElement).style.cssText += ";overflow:visible;block-size:auto;max-block-size:none"; }); await page.setViewportSize({ width: page.viewportSize()!.width, height: 3600 }); await page.screenshot({ path: join("/tmp/kith/9/b", `n2-${name}.png`) });
}

function isWiderThanItsScreen(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
}
