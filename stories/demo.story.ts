import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";

import { newPage } from "./harness/browser.ts";
import { newFolder } from "./harness/installation.ts";
import { Server } from "./harness/server.ts";
import { story } from "./harness/story.ts";
import { Visitor } from "./harness/visitor.ts";
import { until, visible } from "./harness/waiting.ts";

story("whoever tries the demo has at once what they write in the shop, or is asked for it", async () => {
  const folder = await newFolder("demo");
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const server = await Server.start(join(folder, "data"));
  onTestFinished(() => server.stop());
  const robin = await newPage({});
  await robin.goto(`${server.shop}staff`);
  await visible(robin.getByRole("navigation", { name: "Lists" }));

  const visitor = await Visitor.arrives(server);
  await visitor.visits();
  await visitor.opensChat();
  await visitor.writes("Good morning, do you sell snow pegs?");
  await visitor.reads("You are talking with Robin Hale");
  await robin.getByRole("option").filter({ hasText: "snow pegs" }).click();
  await robin.getByRole("textbox", { name: /^Reply to/ }).fill("From November on. Shall I keep some?");
  await robin.getByRole("button", { name: "Send", exact: true }).click();
  await visitor.sees("Shall I keep some?");

  const other = await Visitor.arrives(server);
  await other.signsInAs("Tom Okafor");
  await other.visits("account");
  await other.showsList();
  await other.startsNew();
  await other.writes("Can I send it back without the box?");
  const offer = robin.getByRole("region", { name: "Offered to you" }).getByRole("listitem");
  await visible(offer.filter({ hasText: "without the box" }));
  await offer.getByRole("button", { name: "Accept" }).click();
  await other.reads("You are talking with Robin Hale");

  await tellsAllOfMaya(robin, await Visitor.arrives(server));

  await robin.goto(`${server.url}/#/settings/routing`);
  for (const queue of ["Advice", "Orders", "Returns and mending"]) {
    await visible(robin.getByRole("link", { name: new RegExp(`^${queue}`) }));
  }
  expect((await server.command("replay")).differingRows).toBe(0);

  await Promise.all([visitor.page, other.page, robin].map((page) => page.context().close()));
});

/** Last year's emails, the orders, today's way through the shop and the chat: on one timeline. */
async function tellsAllOfMaya(robin: Page, maya: Visitor): Promise<void> {
  await maya.signsInAs("Maya Lindqvist");
  await maya.visits("c/kitchen");
  await maya.visits("p/alder-2");
  await maya.opensChat();
  await maya.writes("Does the Alder come with its own pegs?");
  await maya.visits("c/shelter");
  await robin.getByRole("option").filter({ hasText: "its own pegs" }).click();
  await robin.getByRole("button", { name: "Everything", exact: true }).click();
  await robin.getByRole("button", { name: "Filter and search the timeline" }).click();
  const timeline = robin.getByRole("region", { name: /^Conversation with Maya/ });
  const filter = robin.getByRole("search").getByRole("combobox");

  await filter.selectOption("Emails");
  await furtherUntil(
    robin,
    timeline.getByRole("article", { name: "Email: Flying with a stove", exact: true }),
  );
  await filter.selectOption("Orders and objects");
  await visible(timeline.getByRole("article", { name: /20931/ }));
  await filter.selectOption("Visits");
  await timeline
    .getByText(/^Looked at/)
    .last()
    .click();
  const panel = robin.getByRole("complementary", { name: "Customer" });
  for (const seen of [/^Camp kitchen/, /^Alder 2/]) {
    for (const place of [timeline, panel]) await visible(place.getByRole("link", { name: seen }));
  }
  await filter.selectOption("Chats");
  await visible(timeline.getByText("Does the Alder come with its own pegs?"));
  await robin.keyboard.press("Escape");
  await maya.page.context().close();
}

async function furtherUntil(robin: Page, sign: Locator): Promise<void> {
  await until(sign, async () => {
    const further = robin.getByRole("button", { name: "Look further back" });
    if (await further.isVisible()) await further.click();
  });
}
