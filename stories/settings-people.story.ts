import { expect } from "vitest";

import { makeAdministrator } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

import type { Page } from "playwright-core";
async function picture(page: Page, name: string) { await page.screenshot({ path: `/tmp/kith/6s/${name}-wide.png` }); const was = page.viewportSize(); await page.setViewportSize({width:390,height:844}); await page.emulateMedia({colorScheme:"dark"}); await page.screenshot({ path: `/tmp/kith/6s/${name}.png` }); await page.emulateMedia({colorScheme:"light"}); if (was) await page.setViewportSize(was); }

story("an administrator adds an agent, who comes in by the link, once", async ({ server, people }) => {
  await makeAdministrator(server, "ana");
  const { page } = await people.agent("ana");
  await page.goto(`${server.url}/#/settings/people`);
  await page.getByRole("button", { name: "Add an agent" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Eve Moreau");
  await page.getByRole("textbox", { name: "E-mail address" }).fill("eve@birchandburrow.example");
  expect(await violations(page)).toEqual([]);
  await picture(page, "invite");
  await page.getByRole("button", { name: "Make the link" }).click();
  const sheet = page.getByRole("dialog", { name: "Give Eve Moreau this link" });
  const link = await sheet.locator("code").innerText();
  const door = `${server.url}/${link.slice(link.indexOf("#"))}`;
  expect(await violations(page)).toEqual([]);
  await picture(page, "invited");
  await sheet.getByRole("button", { name: "I have it" }).click();
  await visible(page.getByText("eve@birchandburrow.example"));
  expect(await page.content()).not.toContain(link);

  const eve = await people.arriving("ben");
  await eve.page.goto(door);
  await eve.page.getByLabel("New password").fill("seven grey herons asleep");
  await eve.page.getByRole("button", { name: "Set password and sign in" }).click();
  await visible(eve.page.getByRole("button", { name: /Eve Moreau/ }).first());

  const late = await people.arriving("ben");
  await late.page.goto(door);
  await late.page.getByLabel("New password").fill("seven grey herons asleep");
  await late.page.getByRole("button", { name: "Set password and sign in" }).click();
  await visible(late.page.getByText("This set-up link has been used or is too old."));
  await gone(late.page.getByRole("button", { name: /Eve Moreau/ }));
});
