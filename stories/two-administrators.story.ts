import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";

import { makeAdministrator, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { PHONE } from "./harness/browser.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

const SCREENS = join(import.meta.dirname, "results/screens");

story(
  "of two administrators who change a service level at once, the second sees what the first has done",
  async ({ server, people }) => {
    await makeAdministrator(server, "ana");
    const program = await Program.of(server);
    const { data: gold } = await program.post("/v1/slas", {
      name: "Gold",
      metrics: { firstResponse: { seconds: 3_600 } },
    });
    const { page } = await people.agent("ana");
    await page.goto(`${server.url}/#/settings/slas/${gold.id}`);
    const name = page.getByRole("textbox", { name: "Name", exact: true });
    await visible(name);
    await program.put(`/v1/slas/${gold.id}`, { metrics: { firstResponse: { seconds: 300 } } });

    await name.fill("Golden");
    await page.getByRole("button", { name: "Save" }).click();
    const said = page.getByText(/^Not saved: somebody else has changed this meanwhile/);
    await visible(said);
    expect(await name.inputValue()).toBe("Golden");
    expect(await violations(page)).toEqual([]);
    await pictured(page, "moved-on-desk-light");
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(page)).toEqual([]);
    await pictured(page, "moved-on-desk-dark");
    await page.setViewportSize(PHONE.viewport);
    await pictured(page, "moved-on-phone-dark");
    await page.emulateMedia({ colorScheme: "light" });
    await pictured(page, "moved-on-phone-light");

    await page.getByRole("button", { name: "Load it anew" }).press("Enter");
    await gone(said);
    expect(await name.inputValue()).toBe("Gold");
    await name.fill("Golden");
    await page.getByRole("button", { name: "Save" }).press("Enter");
    await visible(page.getByText("First answer within 5 min"));
    const { data: kept } = await program.get(`/v1/slas/${gold.id}`);
    expect(kept.attributes).toMatchObject({
      name: "Golden",
      metrics: { firstResponse: { seconds: 300 } },
    });
  },
);

async function pictured(page: Page, name: string): Promise<void> {
  await mkdir(SCREENS, { recursive: true });
  await page.screenshot({ path: join(SCREENS, `${name}.png`) });
}
