import type { Locator } from "playwright-core";
import { expect } from "vitest";

import type { Agent } from "./harness/agent.ts";
import { violations } from "./harness/axe.ts";
import { PHONE } from "./harness/browser.ts";
import { askFirst, offerTo, settings } from "./harness/offers.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

const SAID_NO = "Everybody who could take it has declined";

story(
  "what everybody declines is seen, asked again, and given away with one click",
  async ({ server, people, agent: ana, visitor }) => {
    await askFirst(server, 90);
    const lead = await people.arriving("ben");
    await lead.signsIn();
    await lead.goesTo("Unassigned");
    await visitor.opensChat();
    await visitor.writes("Who mends a stove from 1962?");
    await declines(ana, "Who mends a stove from 1962?");

    await lead.has("Who mends a stove from 1962?");
    const mark = lead.row("Who mends a stove from 1962?").getByRole("img", { name: SAID_NO });
    await visible(mark);
    await lead.opens("Who mends a stove from 1962?");
    await visible(noteOf(lead).getByText(/Ana Lima, since .* They are asked again at/));
    expect(await violations(lead.page)).toEqual([]);

    await server.advance({ seconds: 121 });
    await visible(offerTo(ana, "Who mends a stove from 1962?"));
    await gone(noteOf(lead));
    await declines(ana, "Who mends a stove from 1962?");

    await lead.page.getByRole("link", { name: "Live board" }).click();
    const nobodys = lead.page.getByRole("region", { name: "Declined by everybody" }).getByRole("listitem");
    await visible(nobodys);
    await visible(
      lead.page.getByRole("region", { name: "Queues", exact: true }).getByText("1 declined by all"),
    );
    expect(await violations(lead.page)).toEqual([]);
    await nobodys.getByRole("button", { name: "Give to Ana Lima" }).click();
    await visitor.reads("You are talking with Ana Lima");
    await gone(nobodys);
  },
);

story(
  "chats that ended unanswered are looked through, and cleared away together",
  async ({ server, people, agent: ana }) => {
    await settings(server, { acceptance: "auto", wrapUpSeconds: 0 });
    await ana.becomes("Busy");
    await ana.goesTo("Unassigned");
    const before = await countOf(ana, "Ended");
    for (const words of ["Is anybody there?", "I will come back another day"]) {
      const customer = await people.visitor();
      await customer.visits();
      await customer.opensChat();
      await customer.writes(words);
      await ana.has(words);
      await customer.ends();
    }
    const waits = await people.visitor();
    await waits.visits();
    await waits.opensChat();
    await waits.writes("I wait, and I can wait long");

    await expect.poll(() => countOf(ana, "Ended"), { timeout: 15_000 }).toBe(before + 2);
    await partOf(ana, "Ended").click();
    await ana.has("Is anybody there?");
    await ana.noLongerHas("I wait, and I can wait long");
    expect(await violations(ana.page)).toEqual([]);
    await ana.page.setViewportSize(PHONE.viewport);
    expect(await violations(ana.page)).toEqual([]);
    await ana.page.setViewportSize({ width: 1280, height: 720 });

    const all = `Mark all ${before + 2} done`;
    await ana.page.getByRole("button", { name: all }).click();
    const sure = ana.page.getByRole("dialog", { name: `Mark ${before + 2} conversations done?` });
    await sure.getByRole("button", { name: all }).click();
    await ana.reads(`${before + 2} conversations are done.`);
    await ana.noLongerHas("Is anybody there?");

    await ana.page.getByRole("button", { name: "Undo" }).click();
    await ana.reads(`${before + 2} conversations are open again.`);
    await ana.has("I will come back another day");
    await partOf(ana, "Waiting").click();
    await ana.has("I wait, and I can wait long");
    await ana.noLongerHas("Is anybody there?");
  },
);

async function declines(agent: Agent, words: string): Promise<void> {
  const offer = offerTo(agent, words);
  await offer.getByRole("button", { name: "Decline" }).click();
  await gone(offer);
}

function noteOf({ page }: Agent): Locator {
  return page.getByRole("complementary", { name: SAID_NO });
}

function partOf({ page }: Agent, name: string): Locator {
  return page.getByRole("navigation", { name: "Parts of what nobody has" }).getByRole("link", { name });
}

async function countOf(agent: Agent, name: string): Promise<number> {
  const link = partOf(agent, name);
  if ((await link.count()) === 0) return 0;
  return Number((await link.locator(".parts__count").innerText()).replace(/\D/gu, ""));
}
