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
    await askFirst(server, 90);
    const lead = await people.atTheDesk("ben");
    await lead.page.getByRole("link", { name: "Live board" }).click();
    await visible(lead.page.getByRole("heading", { name: "Live board" }));
    const [waiting, inHand] = [await figure(lead, "Waiting"), await figure(lead, "In hand")];
    await visible(rowOf(lead, "Agents", "Ana Lima").getByText("Available"));

    await visitor.opensChat();
    await visitor.writes("Is the blue kettle back?");
    await visitor.reads("Sent");
    await expect.poll(() => figure(lead, "Waiting"), SOON).toBe(waiting + 1);
    await visible(queuesOf(lead).getByText("1 being offered"));
    await visible(total(lead, "Waiting").getByText(/Longest wait 0:\d\d/));
    expect(await violations(lead.page)).toEqual([]);

    await total(lead, "Waiting")
      .getByRole("link", { name: /^All queues: waiting, / })
      .click();
    await visible(lead.row("Is the blue kettle back?"));
    await lead.page.getByRole("link", { name: "Back to the live board" }).click();

    await offerTo(ana, "Is the blue kettle back?").getByRole("button", { name: "Accept" }).click();
    await expect.poll(() => figure(lead, "Waiting"), SOON).toBe(waiting);
    await expect.poll(() => figure(lead, "In hand"), SOON).toBe(inHand + 1);

    await ana.page.evaluate(goOffline);
    await gone(rowOf(lead, "Agents", "Ana Lima"));
    await expect.poll(() => figure(lead, "Waiting"), SOON).toBeGreaterThan(waiting);
    await ana.becomes("Available");
    await visible(rowOf(lead, "Agents", "Ana Lima"));
  },
);

story(
  "a board that is cut off says of when it is, and catches up",
  async ({ server, people, visitor, agent }) => {
    await settings(server, { acceptance: "auto", wrapUpSeconds: 0 });
    const lead = await people.atTheDesk("ben");
    await lead.page.keyboard.press("b");
    await visible(lead.page.getByText("Live", { exact: true }));
    const before = await figure(lead, "In hand");

    await lead.page.context().setOffline(true);
    await visible(lead.page.getByText(/^Not connected. As of/));
    await visitor.opensChat();
    await visitor.writes("Nobody on the board hears this yet");
    await agent.has("Nobody on the board hears this yet");
    await lead.page.context().setOffline(false);

    await visible(lead.page.getByText("Live", { exact: true }));
    await expect.poll(() => figure(lead, "In hand")).toBeGreaterThan(before);
  },
);

story("the board hangs on a wall, and fits into a hand", async ({ people }) => {
  const lead = await people.atTheDesk("ben", { colorScheme: "dark" });
  await lead.page.keyboard.press("b");
  await lead.page.getByRole("button", { name: "Wall screen" }).click();
  await visible(lead.page.getByRole("button", { name: "Leave the wall screen" }));
  expect(await lead.page.getByRole("navigation", { name: "Lists" }).isVisible()).toBe(false);
  expect(await violations(lead.page)).toEqual([]);
  await lead.page.keyboard.press("Escape");
  await visible(lead.page.getByRole("navigation", { name: "Lists" }));

  const hand = await people.atTheDesk("ben", { colorScheme: "light", ...PHONE });
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
