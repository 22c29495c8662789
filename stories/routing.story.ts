import type { Locator } from "playwright-core";
import { expect } from "vitest";

import { makeAdministrator, Program } from "./harness/administrator.ts";
import type { Agent } from "./harness/agent.ts";
import { violations } from "./harness/axe.ts";
import { asksFor } from "./harness/criteria.ts";
import { askFirst, offerTo, settings } from "./harness/offers.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

story(
  "what is offered counts down, is taken by a key, and is gone in every window",
  async ({ server, agent, visitor }) => {
    await askFirst(server, 90);
    const window = await agent.page.context().newPage();
    await window.goto(`${server.url}/#/settings`);
    await visible(window.getByRole("navigation", { name: "Lists" }));
    await visitor.opensChat();
    await visitor.writes("Is the small kettle in stock?");

    const offer = offerTo(agent, "Is the small kettle in stock?");
    await visible(offer);
    await visible(window.getByText("Is the small kettle in stock?"));
    await expect.poll(() => agent.page.title()).toBe("Accept? · Kithdesk");
    const left = Number(await offer.locator(".ring__number").innerText());
    await expect
      .poll(async () => Number(await offer.locator(".ring__number").innerText()))
      .toBeLessThan(left);
    expect(await violations(agent.page)).toEqual([]);

    // Not in the moment in which it came up: who opens something just then has accepted nothing.
    await expect.poll(() => pressed(agent, "Enter", offer)).toBe(true);
    await visitor.reads("You are talking with Ana Lima");
    await agent.reads("The agent accepted it");
    await gone(window.getByText("Is the small kettle in stock?"));
  },
);

story(
  "what is declined goes to a colleague, and who says nothing gets no more",
  async ({ server, agent: ana, people, visitor }) => {
    await askFirst(server, 30);
    await visitor.opensChat();
    await visitor.writes("Do you sharpen knives?");
    await visible(offerTo(ana, "Do you sharpen knives?"));
    const ben = await people.agent("ben");

    await offerTo(ana, "Do you sharpen knives?").getByRole("button", { name: "Decline" }).click();
    await visible(offerTo(ben, "Do you sharpen knives?"));
    await gone(offerTo(ana, "Do you sharpen knives?"));

    await server.advance({ seconds: 31 });
    await gone(offerTo(ben, "Do you sharpen knives?"));
    await ben.reads("You did not answer in time, so conversations go to others until you are back.");
    await ana.seesColleague("Ben Ojo", "Missed offer");
    await ben.page.getByRole("button", { name: "Go available" }).first().click();
    await offerTo(ben, "Do you sharpen knives?").getByRole("button", { name: "Accept" }).click();
    await visitor.reads("You are talking with Ben Ojo");
  },
);

story("what is done is wrapped up until the agent is through with it", async ({ server, agent, visitor }) => {
  await settings(server, { acceptance: "auto", wrapUpSeconds: 600 });
  await agent.becomes("Busy");
  await agent.becomes("Available");
  await visitor.opensChat();
  await visitor.writes("Thank you, that was all");
  await agent.opens("Thank you, that was all");

  await agent.marksDone();
  const wrapUp = agent.page.getByRole("region", { name: "Wrapping up" });
  await visible(wrapUp);
  await wrapUp.getByRole("button", { name: "Finish" }).click();
  await gone(wrapUp);
});

story(
  "an administrator sends orders to a team by a queue and a rule",
  async ({ server, people, visitor }) => {
    await settings(server, { acceptance: "auto", wrapUpSeconds: 0 });
    await makeAdministrator(server, "ana");
    await (await Program.of(server)).post("/v1/teams", { name: "Order desk", members: [] });
    const { page } = await people.agent("ana");
    await page.goto(`${server.url}/#/settings/routing`);
    await page.getByRole("button", { name: "Add queue" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Orders");
    await page.getByRole("spinbutton", { name: "Priority" }).fill("10");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const queue = page.getByRole("link", { name: /^Orders Priority 10/ });
    await visible(queue);
    expect(await violations(page)).toEqual([]);

    await page.getByRole("link", { name: "Rules", exact: true }).click();
    await page.getByRole("button", { name: "Add rule" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("About orders");
    await asksFor(page, "words in it");
    await page.getByRole("textbox", { name: "Value" }).fill("order");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await visible(page.getByRole("link", { name: /About orders.*Orders/ }));

    await page.getByRole("link", { name: "Teams", exact: true }).click();
    await page.getByRole("link", { name: /^Order desk/ }).click();
    await page.getByLabel("This team has queues of its own").check();
    await page.getByLabel("Orders", { exact: true }).check();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await visible(page.getByRole("link", { name: /^Order desk.*Orders/ }));

    await visitor.opensChat();
    await visitor.writes("Where is my order?");
    await page.getByRole("link", { name: "Queues", exact: true }).click();
    await visible(queue.filter({ hasText: "1 waiting" }));
    await queue.click();
    await page.getByRole("button", { name: "Remove this queue" }).click();
    const why = page.getByRole("dialog", { name: "“Orders” is in use" });
    await visible(why.getByRole("link", { name: "Rule “About orders”" }));
  },
);

/** Whether the key has answered it by now. */
async function pressed({ page }: Agent, key: string, offer: Locator): Promise<boolean> {
  await page.keyboard.press(key);
  return !(await offer.isVisible());
}
