import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
// biome-ignore lint/correctness/noUndeclaredDependencies: the root declares it, for every web package
import { type Browser, chromium, type Page } from "playwright-core";

import { type DevServer, startServer } from "./server.ts";
import { addLongConversation, busyShop, freshShop } from "./stories.ts";

/** Pictures of every screen at both sizes, light and dark, each checked by axe. Run `node dev/run.mjs screenshots FOLDER`. */
const SIZES = {
  desk: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
  tablet: { width: 1024, height: 768 },
  /* 1280×720 zoomed to 200 %. */
  zoomed: { width: 640, height: 360 },
};
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

interface Shot {
  name: string;
  world?: () => ReturnType<typeof busyShop>;
  hash?: (world: ReturnType<typeof busyShop>) => string;
  before?: (server: DevServer) => void;
  act?: (page: Page, server: DevServer) => Promise<void>;
  only?: keyof typeof SIZES;
  /** Also in the sizes between. */
  isEverywhere?: boolean;
}

const tentOf = (world: ReturnType<typeof busyShop>) => idOf(world, "Maya Lindqvist", "open");
const idOf = (world: ReturnType<typeof busyShop>, name: string, status: string) =>
  String(
    [...world.conversations.values()].find((one) => one.customerName === name && one.status === status)?.id,
  );

const SHOTS: Shot[] = [
  { name: "sign-in", before: (server) => server.signOut() },
  { name: "welcome", world: freshShop },
  { name: "list-mine", hash: () => "#/inbox/mine" },
  { name: "list-unassigned", hash: () => "#/inbox/unassigned" },
  { name: "list-done", hash: () => "#/inbox/done", only: "desk" },
  { name: "list-empty", hash: () => "#/inbox/snoozed", world: freshShop, only: "phone" },
  {
    name: "conversation",
    isEverywhere: true,
    hash: (world) => `#/inbox/all/${tentOf(world)}`,
    act: (_page, server) => liven(server),
  },
  {
    name: "live",
    hash: (world) => `#/inbox/mine/${tentOf(world)}`,
    act: async (page, { world }) => {
      const other = idOf(world, "محمد العبدالله", "open");
      world.say(other, "؟");
      world.say(
        idOf(world, "Priya Raghunathan", "open"),
        "One more thing: can I return the poles in a shop?",
      );
      const visitor = world.open(world.customer("Visitor 0A1B"), new Date().toISOString());
      world.say(visitor, "hello?");
      world.assign(visitor, [world.me], "you had the most free room in General");
      world.visit(
        tentOf(world),
        "/tents/lofoten-2/spare-parts",
        "Spare parts · Fernweh Outdoor",
        new Date().toISOString(),
      );
      await page.waitForTimeout(300);
      process.stdout.write(`title: ${await page.title()}\n`);
    },
  },
  {
    name: "conversation-top",
    hash: (world) => `#/inbox/mine/${tentOf(world)}`,
    act: async (page) => {
      await page.locator(".timeline__scroller").evaluate((element) => element.scrollTo(0, 0));
    },
  },
  { name: "customer", hash: (world) => `#/inbox/mine/${tentOf(world)}/customer`, only: "phone" },
  {
    name: "note",
    hash: (world) => `#/inbox/mine/${tentOf(world)}`,
    act: async (page) => {
      await page.getByRole("button", { name: "Note", exact: true }).click();
      await page.keyboard.type("Ask the warehouse before promising Thursday again.");
    },
  },
  {
    name: "sending-and-refused",
    hash: (world) => `#/inbox/mine/${tentOf(world)}`,
    act: async (page, server) => {
      await page.getByRole("textbox", { name: /Reply to/u }).fill("Please refuse me");
      await page.keyboard.press("Control+Enter");
      await page.waitForSelector(".message--refused");
      server.isOffline = true;
      server.dropSockets();
      await page
        .getByRole("textbox", { name: /Reply to/u })
        .fill("It is on the truck, I just checked with Malmö.");
      await page.keyboard.press("Control+Enter");
      await page.waitForSelector(".connection");
    },
  },
  { name: "right-to-left", hash: (world) => `#/inbox/mine/${idOf(world, "محمد العبدالله", "open")}` },
  {
    name: "long-name",
    hash: (world) =>
      `#/inbox/unassigned/${String([...world.conversations.values()].find((one) => String(one.customerName).startsWith("Wolfgang"))?.id)}`,
  },
  {
    name: "picture",
    hash: (world) => `#/inbox/mine/${tentOf(world)}`,
    act: async (page) => {
      await page.locator(".picture").click();
      await page.waitForSelector(".lightbox__picture");
    },
  },
  { name: "assign", hash: (world) => `#/inbox/mine/${tentOf(world)}`, act: (page) => press(page, "a") },
  {
    name: "transfer",
    hash: (world) => `#/inbox/mine/${tentOf(world)}`,
    act: (page) => page.locator(".header__action--transfer").click(),
    only: "desk",
  },
  {
    name: "snooze",
    hash: (world) => `#/inbox/mine/${tentOf(world)}`,
    act: (page) => page.locator(".header__action--snooze").click(),
  },
  {
    name: "tags",
    hash: (world) => `#/inbox/mine/${tentOf(world)}`,
    act: (page) => press(page, "l"),
    only: "desk",
  },
  {
    name: "status",
    hash: () => "#/inbox/mine",
    act: (page) => page.locator(".status-switch:visible, .list-column__me:visible").first().click(),
  },
  {
    name: "commands",
    hash: (world) => `#/inbox/mine/${tentOf(world)}`,
    act: (page) => press(page, "Control+k"),
  },
  { name: "help", hash: () => "#/inbox/mine", act: (page) => press(page, "?") },
  { name: "undo", hash: (world) => `#/inbox/mine/${tentOf(world)}`, act: (page) => press(page, "e") },
  {
    name: "expired",
    hash: (world) => `#/inbox/mine/${tentOf(world)}`,
    act: async (page, server) => {
      server.isSignedIn = false;
      await page.getByRole("textbox", { name: /Reply to/u }).fill("Half a sentence that must not be");
      await page.waitForSelector(".door-dialog");
    },
    only: "desk",
  },
  { name: "not-found", hash: () => "#/inbox/all/64f0c0ffee64f0c0ffee64f0", only: "desk" },
  {
    name: "paging",
    world: () => {
      const world = busyShop();
      addLongConversation(world, 160);
      return world;
    },
    hash: (world) => `#/inbox/mine/${idOf(world, "Ingrid Halvorsen", "open")}`,
    act: async (page) => {
      const scroller = page.locator(".timeline__scroller");
      await scroller.evaluate((element) => element.scrollTo(0, 200));
      await page.waitForTimeout(300);
    },
    only: "desk",
  },
];

async function liven({ world, signal }: DevServer): Promise<void> {
  const conversation = tentOf(world);
  const colleague = [...world.agents.values()].find((agent) => agent.status === "busy");
  signal({
    kind: "viewing",
    conversation,
    by: { type: "user", id: colleague?.id, displayName: "Benedikt" },
    on: true,
  });
  signal({
    kind: "typing",
    conversation,
    by: { type: "customer", id: "x", displayName: "Maya Lindqvist" },
    on: true,
  });
}

async function press(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
}

export async function takeScreenshots(files: string, folder: string, wanted: RegExp): Promise<number> {
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  let problems = 0;
  for (const shot of SHOTS.filter(({ name }) => wanted.test(name))) {
    for (const size of sizesOf(shot)) {
      for (const theme of ["light", "dark"] as const)
        problems += await take(browser, files, folder, shot, size, theme);
    }
  }
  await browser.close();
  return problems;
}

function sizesOf({ only, isEverywhere }: Shot): (keyof typeof SIZES)[] {
  if (only !== undefined) return [only];
  return isEverywhere === true ? ["desk", "phone", "tablet", "zoomed"] : ["desk", "phone"];
}

async function take(
  browser: Browser,
  files: string,
  folder: string,
  shot: Shot,
  size: keyof typeof SIZES,
  theme: "light" | "dark",
): Promise<number> {
  const world = (shot.world ?? busyShop)();
  const server = await startServer(world, files);
  shot.before?.(server);
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme: theme,
    reducedMotion: "reduce",
    locale: "en-GB",
    bypassCSP: false,
  });
  const page = await context.newPage();
  const name = `${shot.name}-${size}-${theme}`;
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  try {
    await page.goto(`${server.url}/${shot.hash?.(world) ?? ""}`);
    await page.waitForTimeout(700);
    await shot.act?.(page, server);
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    complaints.push(...(await accessibility(page)));
  } catch (error) {
    complaints.push(String(error));
    await page.screenshot({ path: join(folder, `${name}.png`) });
  }
  await context.close();
  await server.stop();
  const told = complaints.filter((complaint) => !/401|404|WebSocket connection/u.test(complaint));
  for (const complaint of told) process.stdout.write(`${name}: ${complaint}\n`);
  return told.length;
}

/** Injected through the debugger, which the page's policy does not bind. */
async function accessibility(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(AXE, "utf8"));
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(options: unknown): Promise<{
          violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
        }>;
      };
    };
    const { violations } = await axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.map(
      ({ id, help, nodes }) =>
        `axe ${id}: ${help}: ${nodes
          .slice(0, 3)
          .map((node) => `${node.html.slice(0, 160)} ${node.failureSummary?.slice(0, 200)}`)
          .join(" | ")}`,
    );
  });
}
