import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";

import { newPage } from "./harness/browser.ts";
import { newFolder } from "./harness/installation.ts";
import { Server } from "./harness/server.ts";
import { story } from "./harness/story.ts";
import { Visitor } from "./harness/visitor.ts";
import { visible } from "./harness/waiting.ts";

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

  await robin.goto(`${server.url}/#/settings/routing`);
  for (const queue of ["Advice", "Orders", "Returns and mending"]) {
    await visible(robin.getByRole("link", { name: new RegExp(`^${queue}`) }));
  }
  expect((await server.command("replay")).differingRows).toBe(0);

  await Promise.all([visitor.page, other.page, robin].map((page) => page.context().close()));
});
