import type { Locator } from "playwright-core";
import { expect } from "vitest";

import type { Agent } from "./harness/agent.ts";
import { violations } from "./harness/axe.ts";
import { PHONE } from "./harness/browser.ts";
import { askFirst, offerTo, settings } from "./harness/offers.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

/** Two seconds are promised on a machine that does not run a whole test suite beside it. */
const SOON = { timeout: 5_000 };

story(
  "a lead's board follows an arrival, an acceptance and a going offline",
  async ({ server, people, agent: ana, visitor }) => {
    console.log(Date.now() % 1000000); await askFirst(server, 90);
    const lead = await people.arriving("ben");
    console.log(Date.now() % 1000000); await lead.signsIn();
    console.log(Date.now() % 1000000); await lead.page.getByRole("link", { name: "Live board" }).click();
    console.log(Date.now() % 1000000); await visible(lead.page.getByRole("heading", { name: "Live board" }));
    const [waiting, inHand] = [await figure(lead, "Waiting"), await figure(lead, "In hand")];
    console.log(Date.now() % 1000000); await visible(rowOf(lead, "Agents", "Ana Lima").getByText("Available"));

    console.log(Date.now() % 1000000); await visitor.opensChat();
    console.log(Date.now() % 1000000); await visitor.writes("Is the blue kettle back?");
    console.log(Date.now() % 1000000); await visitor.reads("Sent");
    console.log(Date.now() % 1000000); await expect.poll(() => figure(lead, "Waiting"), SOON).toBe(waiting + 1);
    console.log(Date.now() % 1000000); await visible(queuesOf(lead).getByText("1 being offered"));
    console.log(Date.now() % 1000000); await visible(total(lead, "Waiting").getByText(/Longest wait 0:\d\d/));
    console.log(Date.now() % 1000000); expect(await violations(lead.page)).toEqual([]);

    console.log(Date.now() % 1000000); await total(lead, "Waiting")
      .getByRole("link", { name: /^All queues: waiting, / })
      .click();
    console.log(Date.now() % 1000000); await visible(lead.row("Is the blue kettle back?"));
    console.log(Date.now() % 1000000); await lead.page.getByRole("link", { name: "Back to the live board" }).click();

    console.log(Date.now() % 1000000); await offerTo(ana, "Is the blue kettle back?").getByRole("button", { name: "Accept" }).click();
    console.log(Date.now() % 1000000); await expect.poll(() => figure(lead, "Waiting"), SOON).toBe(waiting);
    console.log(Date.now() % 1000000); await expect.poll(() => figure(lead, "In hand"), SOON).toBe(inHand + 1);

    console.log(Date.now() % 1000000); await ana.page.evaluate(goOffline);
    console.log(Date.now() % 1000000); await gone(rowOf(lead, "Agents", "Ana Lima"));
    console.log(Date.now() % 1000000); await expect.poll(() => figure(lead, "Waiting"), SOON).toBeGreaterThan(waiting);
    console.log(Date.now() % 1000000); await ana.becomes("Available");
    console.log(Date.now() % 1000000); await visible(rowOf(lead, "Agents", "Ana Lima"));
  },
);

story(
  "a board that is cut off says of when it is, and catches up",
  async ({ server, people, visitor, agent }) => {
    console.log(Date.now() % 1000000); await settings(server, { acceptance: "auto", wrapUpSeconds: 0 });
    const lead = await people.arriving("ben");
    console.log(Date.now() % 1000000); await lead.signsIn();
    console.log(Date.now() % 1000000); await lead.page.keyboard.press("b");
    console.log(Date.now() % 1000000); await visible(lead.page.getByText("Live", { exact: true }));
    const before = await figure(lead, "In hand");

    console.log(Date.now() % 1000000); await lead.page.context().setOffline(true);
    console.log(Date.now() % 1000000); await visible(lead.page.getByText(/^Not connected. As of/));
    console.log(Date.now() % 1000000); await visitor.opensChat();
    console.log(Date.now() % 1000000); await visitor.writes("Nobody on the board hears this yet");
    console.log(Date.now() % 1000000); await agent.has("Nobody on the board hears this yet");
    console.log(Date.now() % 1000000); await lead.page.context().setOffline(false);

    console.log(Date.now() % 1000000); await visible(lead.page.getByText("Live", { exact: true }));
    console.log(Date.now() % 1000000); await expect.poll(() => figure(lead, "In hand")).toBeGreaterThan(before);
  },
);

story("the board hangs on a wall, and fits into a hand", async ({ people }) => {
  const lead = await people.arriving("ben", { colorScheme: "dark" });
  await lead.signsIn();
  await lead.page.keyboard.press("b");
  await lead.page.getByRole("button", { name: "Wall screen" }).click();
  await visible(lead.page.getByRole("button", { name: "Leave the wall screen" }));
  expect(await lead.page.getByRole("navigation", { name: "Lists" }).isVisible()).toBe(false);
  expect(await violations(lead.page)).toEqual([]);
  await lead.page.keyboard.press("Escape");
  await visible(lead.page.getByRole("navigation", { name: "Lists" }));

  const hand = await people.arriving("ben", { colorScheme: "light", ...PHONE });
  await hand.signsIn();
  await hand.page.getByRole("link", { name: "Live board" }).click();
  await visible(queuesOf(hand).getByRole("listitem"));
  const widths = await hand.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(widths[0]).toBe(widths[1]);
  expect(await violations(hand.page)).toEqual([]);
});

function total({ page }: Agent, name: string): Locator {
  return page.getByRole("region", { name: "All queues" }).locator(".board-total").filter({ hasText: name });
}

async function figure(lead: Agent, name: string): Promise<number> {
  return Number(await total(lead, name).locator(".board-total__figure").first().innerText());
}

function queuesOf({ page }: Agent): Locator {
  return page.getByRole("region", { name: "Queues", exact: true });
}

function rowOf({ page }: Agent, part: string, words: string): Locator {
  return page
    .getByRole("region", { name: part, exact: true })
    .getByRole("listitem")
    .filter({ hasText: words });
}

async function goOffline(): Promise<void> {
  const { data } = await (await fetch("/v1/users/current")).json();
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ status: "offline" });
  await fetch(`/v1/routing/users/${data.id}/status`, { method: "PUT", headers, body });
}
