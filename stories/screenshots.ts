import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";

import { Agent } from "./harness/agent.ts";
import { newPage, PHONE } from "./harness/browser.ts";
import type { ChosenFile } from "./harness/files.ts";
import { PYTHON } from "./harness/installation.ts";
import { PASSWORD } from "./harness/people.ts";
import { drawnWithin } from "./harness/scrolling.ts";
import { Server } from "./harness/server.ts";
import { story } from "./harness/story.ts";
import { Visitor } from "./harness/visitor.ts";

/*
 * Every screen at both sizes, light and dark, into results/screens, to be looked at; and the two pictures of the README.
 */
const SCREENS = join(import.meta.dirname, "results/screens");
const IMAGES = join(import.meta.dirname, "../docs/images");
const CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

/** Where it is ten in the morning, whenever the pictures are made; such zones count backwards. */
const HOURS_EAST = ((34 - 12 - new Date().getUTCHours() + 24) % 24) - 12;
const PLACE = {
  timezoneId: `Etc/GMT${HOURS_EAST > 0 ? "-" : "+"}${Math.abs(HOURS_EAST)}`,
  userAgent: CHROME,
};

const LOOKS = [
  { look: "desk-light", options: { ...PLACE, colorScheme: "light" } },
  { look: "desk-dark", options: { ...PLACE, colorScheme: "dark" } },
  { look: "phone-light", options: { ...PLACE, colorScheme: "light", ...PHONE } },
  { look: "phone-dark", options: { ...PLACE, colorScheme: "dark", ...PHONE } },
] as const;

story("pictures of the shop with its chat, and of the console", async ({ server }) => {
  await mkdir(SCREENS, { recursive: true });
  const robin = await atTheDesk(server);
  const visitor = await Visitor.arrives(server, PLACE);
  await talk(visitor, robin);
  const kept = await visitor.page.context().storageState();
  const desk = await robin.context().storageState();

  for (const { look, options } of LOOKS) {
    await drawShop(server, look, options);
    await drawChat(server, look, { ...options, storageState: kept });
    await drawConsole(server, look, { ...options, storageState: desk });
    await drawPages(server, look, { ...options, storageState: desk });
  }
  await drawForReadme(server, kept, desk);
});

story("pictures of a console on its first day", async () => {
  const folder = await mkdtemp(join(tmpdir(), "kithdesk-first-day-"));
  await writeFile(join(folder, "password"), PASSWORD);
  const server = await Server.start(join(folder, "data"), "serve");
  await server.command(
    "init",
    ...["--org", "Fernweh Outdoor", "--email", "ana@birchandburrow.example"],
    ...["--password-file", join(folder, "password")],
  );
  for (const { look, options } of LOOKS) {
    const agent = await Agent.arrives(server, "ana", options);
    await keep(agent.page, `console-sign-in-${look}`);
    await agent.signsIn();
    await agent.page.getByRole("heading", { name: "Fernweh Outdoor is set up" }).waitFor();
    await keep(agent.page, `console-empty-${look}`);
    await agent.page.context().close();
  }
  await server.stop();
  await rm(folder, { recursive: true });
});

/** The demo's own agent, through the door at the foot of the shop. */
async function atTheDesk(server: Server): Promise<Page> {
  const page = await newPage(PLACE);
  await page.goto(`${server.shop}staff`);
  await page.getByRole("option").first().waitFor();
  return page;
}

async function talk(visitor: Visitor, robin: Page): Promise<void> {
  await visitor.signsInAs("Maya Lindqvist");
  await visitor.visits("p/moss-mat");
  const mat = await photograph(visitor.page);
  await visitor.visits("p/alder-2");
  await visitor.showsList();
  await visitor.startsNew();
  await visitor.writes("Hello! Would the Alder 2 be warm enough in Torridon at the end of March?");
  await visitor.reads("Sent");
  await robin.getByRole("option").filter({ hasText: "Torridon" }).click();
  await say(robin, "Hello Maya. Yes: we were there last year, at minus four. What mat do you have?");
  await visitor.sees("at minus four");
  await visitor.attaches(mat);
  await visitor.writes("This one, it is a few years old.");
  await visitor.reads("Seen");
  await robin.getByRole("button", { name: "Note", exact: true }).click();
  await robin.getByRole("textbox", { name: /^Note/ }).fill("Her tent is in the van until six tomorrow.");
  await robin.getByRole("button", { name: "Add note" }).click();
  await robin.getByRole("button", { name: "Reply", exact: true }).click();
  await say(robin, "Then you will be warm. Bring a second one if you sleep cold.");
  await visitor.sees("sleep cold");
  await visitor.writes("I do. Do they both fit into the Burrow 38?");
  await robin.getByText("Do they both fit").first().waitFor();
}

async function photograph(page: Page): Promise<ChosenFile> {
  const buffer = await page.getByRole("figure").first().screenshot();
  return { name: "my-mat.png", mimeType: "image/png", buffer };
}

async function say(robin: Page, text: string): Promise<void> {
  await robin.getByRole("textbox", { name: /^Reply to/ }).fill(text);
  await robin.getByRole("button", { name: "Send", exact: true }).click();
}

async function drawShop(server: Server, look: string, options: BrowserContextOptions): Promise<void> {
  const visitor = await Visitor.arrives(server, options);
  await visitor.visits();
  await keep(visitor.page, `shop-closed-${look}`);
  await visitor.opensChat();
  await keep(visitor.page, `shop-open-${look}`);
  await visitor.page.context().close();
}

async function drawChat(server: Server, look: string, options: BrowserContextOptions): Promise<void> {
  const visitor = await Visitor.arrives(server, options);
  await visitor.visits("p/alder-2");
  await visitor.showsList();
  await keep(visitor.page, `shop-list-${look}`);
  await visitor.openConversation("Do they both fit");
  await visitor.seesPicture("Show my-mat.png");
  await keep(visitor.page, `shop-conversation-${look}`);
  await visitor.page.context().close();
}

async function drawConsole(server: Server, look: string, options: BrowserContextOptions): Promise<void> {
  const page = await newPage(options);
  await page.goto(server.url);
  await page.getByRole("option").first().waitFor();
  await keep(page, `console-list-${look}`);
  await page.getByRole("option").filter({ hasText: "Do they both fit" }).click();
  await page.getByRole("img", { name: "Image: my-mat.png" }).waitFor();
  await keep(page, `console-conversation-${look}`);
  if (look.startsWith("phone")) {
    await page
      .getByRole("button", { name: /^Show customer/ })
      .first()
      .click();
    await page.getByText("On the site now").first().waitFor();
    await keep(page, `console-customer-${look}`);
  } else {
    await page.keyboard.press("f");
    await page.getByRole("searchbox", { name: /^Search in this timeline/ }).fill("warm");
    await keep(page, `console-timeline-${look}`);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Merge with another customer" }).click();
    await page.getByRole("combobox", { name: "Merge with" }).fill("Tom");
    await page
      .getByRole("dialog")
      .getByRole("option", { name: /Tom Okafor/ })
      .first()
      .click();
    await page.getByText("becomes part of").first().waitFor();
    await keep(page, `console-merge-${look}`);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    for (const [name, key] of [
      ["commands", "Control+k"],
      ["assign", "a"],
      ["help", "?"],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole("dialog").waitFor();
      await keep(page, `console-${name}-${look}`);
      await page.keyboard.press("Escape");
    }
  }
  await page.context().close();
}

/** Screens of their own beside the lists, by their addresses. */
async function drawPages(server: Server, look: string, options: BrowserContextOptions): Promise<void> {
  const page = await newPage(options);
  await page.goto(server.url);
  await page.getByRole("option").first().waitFor();
  for (const [name, hash, heading] of [
    ["settings-attributes", "#/settings/attributes/customer", "Attributes"],
    ["settings-object", "#/settings/objects/order", "Orders"],
    ["settings-imports", "#/settings/imports", "Import customers"],
    ["settings-duplicates", "#/settings/duplicates", "Duplicates"],
    ["settings-slas", "#/settings/slas", "Service levels"],
    ["settings-chat", "#/settings/chat", "Chat"],
    ["settings-identity", "#/settings/identity", "Identity"],
    ["settings-integrations", "#/settings/integrations", "Integrations"],
    ["search", "#/search/all/alder", "Search"],
  ] as const) {
    await page.goto(`${server.url}/${hash}`);
    await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
    if (name === "search") await page.locator("mark").first().waitFor();
    await keep(page, `console-${name}-${look}`);
  }
  await page.context().close();
}

async function drawForReadme(
  server: Server,
  kept: BrowserContextOptions["storageState"],
  desk: BrowserContextOptions["storageState"],
): Promise<void> {
  await mkdir(IMAGES, { recursive: true });
  const visitor = await Visitor.arrives(server, { ...PLACE, ...(kept && { storageState: kept }) });
  await visitor.visits("p/alder-2");
  await visitor.showsList();
  await visitor.openConversation("Do they both fit");
  await visitor.seesPicture("Show my-mat.png");
  await keep(visitor.page, "shop", IMAGES);
  const page = await newPage({ ...PLACE, ...(desk && { storageState: desk }) });
  await page.goto(server.url);
  await page.getByRole("option").filter({ hasText: "Do they both fit" }).click();
  await page.getByRole("img", { name: "Image: my-mat.png" }).waitFor();
  await keep(page, "console", IMAGES);
  for (const name of ["shop", "console"]) await makeSmall(join(IMAGES, `${name}.png`));
}

async function keep(page: Page, name: string, folder = SCREENS): Promise<void> {
  await page.waitForLoadState("networkidle");
  if (name.startsWith("console"))
    expect({ name, ...(await drawnWithin(page)) }).toEqual({ name, isLonger: false, isScrolled: false });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
}

/** The same pixels in fewer bytes. */
async function makeSmall(path: string): Promise<void> {
  const shrink = `
import sys
from PIL import Image
Image.open(sys.argv[1]).convert("RGB").save(sys.argv[1], optimize=True)
`;
  await promisify(execFile)(PYTHON, ["-c", shrink, path]);
}
