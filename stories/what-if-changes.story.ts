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
  "an administrator changes rules, overflow and the day's load without a word of JSON, and then a word of it",
  async ({ server, people }) => {
    await makeAdministrator(server, "ana");
    const program = await Program.of(server);
    await program.put("/v1/routing/settings", { acceptance: "auto", capacityPerAgent: 2 });
    const { data: returns } = await program.post("/v1/routing/queues", { name: "Returns", priority: 60 });
    const criteria = { and: [{ message_body: { contains: "return" } }] };
    await program.post("/v1/routing/queue-rules", { name: "Returns", queue: returns.id, criteria });
    await server.advance({ minutes: 30 });
    const ana = await people.agent("ana");
    const { data: customer } = await program.post("/v1/customers", { name: "Noor" });
    for (const body of ["A return", "Hello", "Another return", "One more return"])
      await program.post("/v1/conversations", {
        customer: customer.id,
        message: { body, direction: "in" },
      });
    await server.advance({ minutes: 20 });
    const { page } = ana;
    await page.clock.setSystemTime(new Date(Date.now() + 50 * 60_000));
    await page.goto(`${server.url}/#/settings/simulation`);

    // When the queue was there, and nobody had written yet.
    const to = Date.parse(`${await page.getByLabel("To", { exact: true }).inputValue()}Z`);
    await page
      .getByLabel("From", { exact: true })
      .fill(new Date(to - 30 * 60_000).toISOString().slice(0, 16));
    await page.getByLabel("Change the overflow of").selectOption("Returns");
    await page.getByLabel("After minutes").fill("2");
    await page.getByLabel("Work is given to queues by").selectOption("These rules");
    await page.getByRole("button", { name: /^1\. Returns/ }).click();
    await page.getByLabel("Priority", { exact: true }).fill("10");
    await page.getByRole("list", { name: "Rules" }).scrollIntoViewIfNeeded();
    await pictured(page, "what-if-rules-desk-light");
    await page.getByLabel("There arrives").selectOption("So much in each hour");
    const first = page.getByRole("slider").first();
    await first.focus();
    for (const key of ["PageUp", "ArrowRight", "ArrowDown"]) await page.keyboard.press(key);
    expect(await violations(page)).toEqual([]);
    await first.scrollIntoViewIfNeeded();
    await pictured(page, "what-if-load-desk-light");
    await page.emulateMedia({ colorScheme: "dark" });
    await pictured(page, "what-if-load-desk-dark");
    await page.getByText("Show and edit").click();
    const json = page.getByLabel("Scenario", { exact: true });
    const scenario = JSON.parse(await json.inputValue());
    expect(scenario.queues[returns.id].overflow.afterSeconds).toBe(120);
    expect(scenario.rules).toEqual([{ name: "Returns", queue: returns.id, criteria, priority: 10 }]);
    expect(scenario.load.perHour).toHaveLength(24);
    await json.fill(JSON.stringify({ ...scenario, load: { factor: 2 }, acceptSeconds: 3 }));
    await visible(page.getByLabel("Per cent of what arrived"));
    expect(await page.getByLabel("Per cent of what arrived").inputValue()).toBe("200");
    expect(await page.getByLabel("Seconds to accept an offer").inputValue()).toBe("3");

    await page.getByRole("button", { name: "Play it" }).click();
    const numbers = page.getByRole("table", { name: "All queues" });
    await visible(numbers);
    const arrived = numbers.getByRole("row", { name: /^Arrived/ });
    expect(await arrived.getByRole("cell").allInnerTexts()).toEqual(["4", "8", "+4"]);
    await page.getByRole("link", { name: "Change it and play again" }).click();
    await visible(page.getByLabel("Per cent of what arrived"));
    expect(await page.getByLabel("After minutes").inputValue()).toBe("2");

    const phone = await people.agent("ana", PHONE);
    await phone.page.goto(page.url());
    await phone.page.getByRole("button", { name: /^1\. Returns/ }).click();
    await phone.page.getByRole("list", { name: "Rules" }).scrollIntoViewIfNeeded();
    await pictured(phone.page, "what-if-rules-phone-light");
    await phone.page.getByLabel("There arrives").selectOption("So much in each hour");
    const bars = phone.page.getByRole("group", { name: "How many in each hour of the day" });
    await bars.scrollIntoViewIfNeeded();
    const box = await bars.boundingBox();
    if (box === null) throw new Error("no bars");
    await phone.page.touchscreen.tap(box.x + box.width / 2, box.y + 2);
    await visible(phone.page.getByText(/: 20 in the hour, on average/));
    expect(await isWiderThanItsScreen(phone.page)).toBe(false);
    expect(await violations(phone.page)).toEqual([]);
    await pictured(phone.page, "what-if-load-phone-light");
    await phone.page.emulateMedia({ colorScheme: "dark" });
    await pictured(phone.page, "what-if-load-phone-dark");
  },
);

async function pictured(page: Page, name: string): Promise<void> {
  await mkdir(SCREENS, { recursive: true });
  await page.screenshot({ path: join(SCREENS, `${name}.png`) });
}

function isWiderThanItsScreen(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
}
