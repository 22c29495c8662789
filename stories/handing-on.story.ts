import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";

import { Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { PHONE } from "./harness/browser.ts";
import { story } from "./harness/story.ts";
import { visible } from "./harness/waiting.ts";

const SCREENS = join(import.meta.dirname, "results/screens");

story(
  "an agent reads what a hand-off would promise, and a done that is taken back changes nothing",
  async ({ server, people }) => {
    const program = await Program.of(server);
    const { data: queue } = await program.post("/v1/routing/queues", { name: "Returns" });
    const criteria = { and: [{ conversation_queue: { equals: queue.id } }] };
    const within = (seconds: number) => ({ metrics: { firstResponse: { seconds } } });
    await program.post("/v1/slas", { name: "Patient", criteria, ...within(7_200) });
    await program.post("/v1/slas", { name: "Quick", ...within(1_800) });
    const agent = await people.agent("ana");
    const { page } = agent;
    const visitor = await people.visitor();
    await visitor.visits();
    await visitor.opensChat();
    await visitor.writes("May I send it back?");
    await agent.opens("May I send it back?");
    const pane = page.getByRole("region", { name: "Conversation" });
    const due = pane.locator(".due");
    await expect.poll(() => due.innerText()).toMatch(/\b(30|29) min/u);

    const promised = await dueAt(program);
    await server.advance({ minutes: 10 });
    await page.getByRole("button", { name: "Done", exact: true }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await agent.opens("May I send it back?");
    await visible(due);
    await expect.poll(() => dueAt(program)).toBeLessThan(promised + 120_000);

    await page.getByRole("button", { name: "Hand off", exact: true }).click();
    const place = page.getByRole("option", { name: /^Returns/ });
    await visible(place.getByText("First answer within 2 h instead of 30 min"));
    expect(await violations(page)).toEqual([]);
    await mkdir(SCREENS, { recursive: true });
    await page.screenshot({ path: join(SCREENS, "hand-off-foretold-desk-light.png") });
    await place.click();
    await agent.reads("Service level: Patient instead of Quick");
  },
);

story(
  "what is handed on to a place where nobody is there promises no time, and comes back by overflow",
  async ({ server, people }) => {
    const program = await Program.of(server);
    const { data: queues } = await program.get("/v1/routing/queues");
    const toQueue = queues.find(({ attributes }) => attributes.isDefault)?.id;
    const overflow = { afterSeconds: 60, toQueue, message: "Our front desk takes over." };
    const { data: queue } = await program.post("/v1/routing/queues", { name: "Wholesale", overflow });
    const { data: team } = await program.post("/v1/teams", { name: "Trade desk" });
    await program.put(`/v1/routing/settings?team=${team.id}`, { enabled: true, queues: [queue.id] });
    const ana = await people.agent("ana");
    const visitor = await people.visitor();
    await visitor.visits();
    await visitor.opensChat();
    await visitor.writes("Forty stoves, please");
    await ana.opens("Forty stoves, please");

    await ana.page.getByRole("button", { name: "Hand off", exact: true }).click();
    await ana.page.getByRole("option", { name: /^Wholesale/ }).click();
    await visitor.reads("You are next.");
    await ana.page.getByRole("link", { name: "Live board" }).click();
    const board = ana.page.getByRole("region", { name: "Queues", exact: true });
    await visible(board.getByText("Nobody available"));
    expect(await violations(ana.page)).toEqual([]);
    await pictures(ana.page, "board-nobody-available");

    await server.advance({ seconds: 61 });
    await visitor.reads("Our front desk takes over.");
    await ana.goesTo("Unassigned");
    await visible(ana.row("Our front desk takes over.").getByRole("img", { name: "Automatic message:" }));
    await pictures(ana.page, "overflow-answers-nobody");
    await server.advance({ seconds: 61 });
    await visitor.reads("You are talking with Ana Lima");
  },
);

/** At a desk and on a phone, light and dark. */
async function pictures(page: Page, name: string): Promise<void> {
  await mkdir(SCREENS, { recursive: true });
  const before = page.viewportSize();
  for (const [kind, size] of [
    ["desk", { width: 1_280, height: 720 }] as const,
    ["phone", PHONE.viewport] as const,
  ]) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(SCREENS, `${name}-${kind}-${colorScheme}.png`) });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  if (before !== null) await page.setViewportSize(before);
}

/** When the only conversation is due; never, where nothing is promised. */
async function dueAt(program: Program): Promise<number> {
  const { data } = await program.get("/v1/conversations");
  const at = (data[0]?.attributes.sla as { dueAt?: unknown } | null | undefined)?.dueAt;
  return typeof at === "string" ? Date.parse(at) : Number.POSITIVE_INFINITY;
}
