import type { Page } from "playwright-core";
import { expect } from "vitest";

import { makeAdministrator } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

story("an administrator adds an agent, who comes in by the link, once", async ({ server, people }) => {
  await makeAdministrator(server, "ana");
  const { page } = await people.agent("ana");
  await page.goto(`${server.url}/#/settings/people`);
  await page.getByRole("button", { name: "Add an agent" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Eve Moreau");
  await page.getByRole("textbox", { name: "E-mail address" }).fill("eve@birchandburrow.example");
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Make the link" }).click();
  const sheet = page.getByRole("dialog", { name: "Give Eve Moreau this link" });
  const link = await sheet.locator("code").innerText();
  expect(await violations(page)).toEqual([]);
  await sheet.getByRole("button", { name: "I have it" }).click();
  await visible(page.getByText("eve@birchandburrow.example"));
  expect(await page.content()).not.toContain(link);

  const eve = await people.arriving("ben");
  await follow(eve.page, link);
  await visible(eve.page.getByRole("button", { name: /Eve Moreau/ }).first());

  const late = await people.arriving("ben");
  await follow(late.page, link);
  await visible(late.page.getByText("This set-up link has been used or is too old."));
  await gone(late.page.getByRole("button", { name: /Eve Moreau/ }));
});

story("an administrator sees when somebody worked, and on what days", async ({ server, people }) => {
  await makeAdministrator(server, "ana");
  const ben = await people.agent("ben");
  await server.advance({ minutes: 95 });
  await ben.becomes("Busy");
  const { page } = await people.agent("ana");
  await page.goto(`${server.url}/#/settings/people`);

  await page.getByRole("link", { name: "Work of Ben Ojo" }).click();

  const table = page.getByRole("table", { name: "Work of Ben Ojo" });
  await visible(table);
  await visible(table.getByText("1 h 35 min"));
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Back" }).click();
  await visible(page.getByRole("link", { name: "Work of Ben Ojo" }));
});

async function follow(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Choose a password").fill("seven grey herons asleep");
  await page.getByRole("button", { name: "Set password and sign in" }).click();
}
