import { expect } from "vitest";

import { PHONE } from "./harness/browser.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

story("on a phone the chat fills the screen, and the back button closes it", async ({ people }) => {
  const visitor = await people.visitor(PHONE);
  const agent = await people.agent("ana");
  await visitor.visits();
  await visitor.visits("p/alder-2");
  await visitor.opensChat();

  expect(await visitor.frame.boundingBox()).toEqual({ x: 0, y: 0, ...PHONE.viewport });
  await gone(visitor.bubble);
  await visitor.writes("From a phone");
  await agent.opens("From a phone");
  await agent.answers("To a phone");
  await visitor.sees("To a phone");

  await visitor.page.goBack();
  await visitor.seesNoChat();
  expect(new URL(visitor.page.url()).pathname).toBe("/shop/p/alder-2");
  await visitor.opensChat();
  await visitor.sees("To a phone");
  await visitor.closesChat();
  await visitor.page.goBack();
  expect(new URL(visitor.page.url()).pathname).toBe("/shop/");
});

story("on a phone an agent has one pane at a time", async ({ visitor, people }) => {
  const agent = await people.agent("ana", PHONE);
  await visitor.opensChat();
  await visitor.writes("Answer me from a bench");
  const list = agent.page.getByRole("listbox", { name: "My work" });

  await agent.opens("Answer me from a bench");
  expect(await list.isVisible()).toBe(false);
  expect(await agent.customer.isVisible()).toBe(false);
  await agent.answers("From the park");
  await visitor.sees("From the park");

  await agent.page
    .getByRole("button", { name: /^Show customer/ })
    .first()
    .click();
  await agent.reads("On the site now");
  expect(await agent.field.isVisible()).toBe(false);
  await agent.page.getByRole("button", { name: "Back to the conversation" }).click();
  await agent.sees("From the park");
  await agent.page.getByRole("button", { name: "Back to the list" }).click();
  await expect.poll(() => list.isVisible()).toBe(true);
  expect(await agent.field.isVisible()).toBe(false);
});

story("a sheet is closed by the back button, and never opens for another customer", async ({ people }) => {
  const [maya, tom] = [await people.visitor(PHONE), await people.visitor(PHONE)];
  const agent = await people.agent("ana", PHONE);
  for (const [visitor, words] of [
    [maya, "Mine is about a tent"],
    [tom, "Mine is about a stove"],
  ] as const) {
    await visitor.visits();
    await visitor.opensChat();
    await visitor.writes(words);
  }
  const { page } = agent;
  const sheet = page.getByRole("dialog", { name: "Snooze until" });
  await agent.opens("Mine is about a tent");
  const open = new URL(page.url()).hash;

  await page.getByRole("button", { name: "Snooze", exact: true }).click();
  await visible(sheet);
  await page.goBack();
  await gone(sheet);
  await agent.sees("Mine is about a tent");
  await expect.poll(() => new URL(page.url()).hash).toBe(open);

  await page.getByRole("button", { name: "Snooze", exact: true }).click();
  await visible(sheet);
  await page.evaluate(() => {
    location.hash = "#/inbox/mine";
  });
  await agent.opens("Mine is about a stove");
  await agent.sees("Mine is about a stove");
  expect(await sheet.count()).toBe(0);
  await page.goBack();
  await agent.has("Mine is about a tent");
});
