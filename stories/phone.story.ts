import { expect } from "vitest";

import { PHONE } from "./harness/browser.ts";
import { story } from "./harness/story.ts";
import { gone } from "./harness/waiting.ts";

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
