import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";

import { makeAdministrator, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { PHONE } from "./harness/browser.ts";
import { asksFor } from "./harness/criteria.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

const SCREENS = join(import.meta.dirname, "results/screens");

story(
  "an administrator promises answers in time, and agents see how long there is left",
  async ({ server, people }) => {
    await makeAdministrator(server, "ana");
    const agent = await people.agent("ana");
    const { page } = agent;
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: /^Service levels/ }).click();
    await promises(page, "Everybody", "First answer: within", "2");
    await promises(page, "Chat", "First answer: within", "30", "Chat");
    await visible(page.getByText("Never asked: Everybody, above it, is for every conversation"));
    await page.getByRole("button", { name: "Ask Chat earlier" }).press("Enter");
    await gone(page.getByText(/^Never asked/));
    const first = page
      .getByRole("list", { name: /^Service levels/ })
      .getByRole("listitem")
      .first();
    await visible(first.getByText("First answer within 30 min"));
    expect(await violations(page)).toEqual([]);

    await page.goto(server.url);
    const visitor = await people.visitor();
    await visitor.visits();
    await visitor.opensChat();
    await visitor.writes("Is the Alder 2 warm enough?");
    const row = agent.row("Is the Alder 2 warm enough?");
    await visible(row.getByText(/^(30|29) min$/));
    await agent.opens("Is the Alder 2 warm enough?");
    await agent.reads("Service level: Chat");
    await visible(page.getByRole("region", { name: "Conversation" }).getByText("First answer due in"));

    await server.advance({ minutes: 21 });
    await visible(row.getByText("soon:"));
    await server.advance({ minutes: 10 });
    await visible(row.getByText("late", { exact: true }));
    await agent.reads("No first answer in time");
    expect(await violations(page)).toEqual([]);
    const phone = await people.agent("ana", PHONE);
    await phone.opens("Is the Alder 2 warm enough?");
    await visible(phone.page.getByText("late", { exact: true }));
    expect(await violations(phone.page)).toEqual([]);

    await handsToMorePatient(await Program.of(server));
    await agent.reads("Service level: Patient instead of Chat");
    await visible(page.getByRole("region", { name: "Conversation" }).getByText(/late$/));
    await pictured(page, "service-level-handed-on-desk-light");

    await agent.answers("It is, down to minus ten.");
    await gone(row.locator(".due"));
    await gone(phone.page.locator(".due"));
  },
);

story("a view lists what is due next, first what is late", async ({ server, people, agent }) => {
  const program = await Program.of(server);
  const one = { metrics: { firstResponse: { seconds: 3_000 }, nextReply: { seconds: 7_200 } } };
  await program.post("/v1/slas", { name: "Everybody", ...one });
  const asks = async (words: string) => {
    const visitor = await people.visitor();
    await visitor.visits();
    await visitor.opensChat();
    await visitor.writes(words);
    await agent.has(words);
  };
  await asks("The first question");
  await server.advance({ minutes: 45 });
  await asks("The second question");

  const { page } = agent;
  await page.getByRole("button", { name: "Add a view" }).click();
  const sheet = page.getByRole("dialog", { name: "New view" });
  await sheet.getByRole("textbox", { name: "Name" }).fill("At risk");
  await asksFor(sheet, "next due");
  await sheet.getByRole("combobox", { name: "Value" }).selectOption("10 minutes");
  await sheet
    .getByRole("combobox", { name: "In the order of" })
    .selectOption("What is promised to be answered next");
  await visible(sheet.getByText("1 matches now"));
  await sheet.getByRole("combobox", { name: "Value" }).selectOption("1 hour");
  await visible(sheet.getByText("2 match now"));
  expect(await violations(page)).toEqual([]);
  await sheet.getByRole("button", { name: "Save" }).click();

  await agent.isIn("At risk");
  const rows = page.getByRole("option");
  await expect.poll(() => rows.allInnerTexts()).toHaveLength(2);
  expect(await rows.first().innerText()).toContain("The first question");
});

async function pictured(page: Page, name: string): Promise<void> {
  await mkdir(SCREENS, { recursive: true });
  await page.screenshot({ path: join(SCREENS, `${name}.png`) });
}

/** Gives the only conversation to a queue where more time is promised, which does not make it less late. */
async function handsToMorePatient(program: Program): Promise<void> {
  const { data: queue } = await program.post("/v1/routing/queues", { name: "Returns" });
  const criteria = { and: [{ conversation_queue: { equals: queue.id } }] };
  const patient = { name: "Patient", criteria, metrics: { firstResponse: { seconds: 14_400 } } };
  const { data: sla } = await program.post("/v1/slas", patient);
  const { data: known } = await program.get("/v1/slas");
  const others = known.map(({ id }: { id: string }) => id).filter((id: string) => id !== sla.id);
  await program.put("/v1/slas/order", { slas: [sla.id, ...others] });
  const { data: conversations } = await program.get("/v1/conversations");
  await program.put(`/v1/conversations/${conversations[0]?.id}`, { queue: queue.id });
}

/** Makes a service level, of a channel or of everything. */
async function promises(
  page: Page,
  name: string,
  what: string,
  amount: string,
  channel?: string,
): Promise<void> {
  await page.getByRole("button", { name: "New service level" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  if (channel !== undefined) {
    await asksFor(page, "channel");
    await page.getByRole("button", { name: channel, exact: true }).click();
    await page.getByRole("combobox", { name: `${what}: unit` }).selectOption("minutes");
  }
  await page.getByRole("spinbutton", { name: what, exact: true }).fill(amount);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await visible(page.getByRole("link", { name: new RegExp(`^${name}`) }));
}
