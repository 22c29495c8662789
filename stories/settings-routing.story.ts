import type { Page } from "playwright-core";
import { expect } from "vitest";

import { makeAdministrator, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import type { Server } from "./harness/server.ts";
import { story } from "./harness/story.ts";
import { gone, hasFocus, visible } from "./harness/waiting.ts";

story(
  "a lead sees who serves each queue, as agents come, and is warned where nobody does",
  async ({ server, people }) => {
    await makeAdministrator(server, "ana");
    const desk = await team(server, "Order desk", await queue(server, "Orders"));
    const { page } = await people.agent("ana");
    await page.goto(`${server.url}/#/settings/routing`);
    const orders = page.getByRole("link", { name: /^Orders/ });
    await visible(orders.getByText(/^Order desk: 1 of \d+ here$/));
    await visible(page.getByRole("link", { name: /^Default queue/ }).getByText(/^No team serves this queue/));
    expect(await violations(page)).toEqual([]);

    const ben = await people.agent("ben");
    await visible(orders.getByText(/^Order desk: 2 of \d+ here$/));

    await page.getByRole("link", { name: /^Default queue/ }).click();
    const warning = page.getByRole("alert").filter({ hasText: "No team serves this queue" });
    await visible(warning);
    expect(await violations(page)).toEqual([]);
    await warning.getByRole("link", { name: "Choose a team for it" }).click();
    await page.getByRole("link", { name: /^Order desk/ }).click();
    await visible(page.getByRole("region", { name: "Work as this team now (2)" }).getByText("Ben Ojo"));

    await team(server, "Another desk", await queue(server, "Others"));
    await page.reload();
    const elsewhere = page.getByRole("region", { name: "Work as another team now (2)" });
    await visible(elsewhere.getByText("as Another desk"));
    await elsewhere.getByRole("link", { name: "Ben Ojo" }).click();
    await page.getByLabel("Team", { exact: true }).selectOption({ label: "Order desk" });
    await visible(page.getByText("Ben Ojo works as Order desk."));
    expect(await violations(page)).toEqual([]);

    await ben.becomes("Busy");
    await page.goto(`${server.url}/#/settings/routing/teams/${desk}`);
    await visible(page.getByRole("region", { name: "Work as this team now (1)" }).getByText("Ben Ojo"));
  },
);

story(
  "a lead orders rules by the keyboard, and tries them on what a visitor wrote",
  async ({ server, people, visitor }) => {
    await makeAdministrator(server, "ana");
    const { page } = await people.agent("ana");
    const into = await queue(server, "Returns");
    await rule(server, "Words of returns", into, "return");
    await rule(server, "Words of kettles", into, "kettle");
    await rule(server, "Anything dented", into, "dented");
    await visitor.opensChat();
    await visitor.writes("My kettle came dented");
    await page.goto(`${server.url}/#/settings/routing/rules`);

    const tried = page.getByRole("list", { name: "What the rules say" });
    const recent = page.getByLabel("A recent conversation");
    await visible(page.getByRole("heading", { name: "Try them" }));
    await picks(page, /My kettle came dented/);
    await visible(page.getByText("“Words of kettles” decides: it goes into “Returns”."));
    await visible(tried.getByText("Would match too, but a rule above decides"));
    await visible(tried.getByText(/^Does not hold: .*return/));
    expect(await violations(page)).toEqual([]);

    const dented = page.getByRole("link", { name: /^Anything dented When/ });
    await dented.focus();
    await page.keyboard.press("Alt+Shift+ArrowUp");
    await visible(page.getByText(/^“Anything dented” is now 1 of \d+$/));
    expect(await hasFocus(dented)).toBe(true);
    await recent.selectOption("");
    await picks(page, /My kettle came dented/);
    await visible(page.getByText("“Anything dented” decides: it goes into “Returns”."));

    await page.getByRole("button", { name: "Move “Anything dented” to the bottom" }).click();
    await page.reload();
    await visible(page.getByRole("listitem").filter({ hasText: "Anything dented" }));
    const names = page.getByRole("list", { name: "Rules" }).locator(".entries__name");
    await expect.poll(() => names.last().innerText()).toBe("Anything dented");
    await gone(tried);
  },
);

async function picks(page: Page, words: RegExp): Promise<void> {
  const option = page.getByRole("option", { name: words }).first();
  await option.waitFor({ state: "attached" });
  await page.getByLabel("A recent conversation").selectOption({ label: await option.innerText() });
}

async function queue(server: Server, name: string): Promise<string> {
  return (await (await Program.of(server)).post("/v1/routing/queues", { name })).data.id;
}

/** Of everybody, so that nobody is left who serves what no team does. */
async function team(server: Server, name: string, serves: string): Promise<string> {
  const program = await Program.of(server);
  const users = await program.get("/v1/users?userType=user&page=1&pageSize=100");
  const members = users.data.map(({ id }) => id);
  const { data } = await program.post("/v1/teams", { name, members });
  await program.put(`/v1/routing/settings?team=${data.id}`, { enabled: true, queues: [serves] });
  return data.id;
}

async function rule(server: Server, name: string, into: string, word: string): Promise<void> {
  const criteria = { and: [{ message_body: { contains: word } }] };
  await (await Program.of(server)).post("/v1/routing/queue-rules", { name, queue: into, criteria });
}
