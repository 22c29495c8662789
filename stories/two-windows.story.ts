import { expect } from "vitest";

import { customerWho, Program } from "./harness/administrator.ts";
import type { Agent } from "./harness/agent.ts";
import { violations } from "./harness/axe.ts";
import type { Server } from "./harness/server.ts";
import { story } from "./harness/story.ts";
import { gone, visible, WITHIN_MS } from "./harness/waiting.ts";

story(
  "what one agent changes of a customer another sees, and neither writes over the other",
  async ({ server, visitor, people }) => {
    const shop = await Program.of(server);
    await shop.put("/v1/metadata/customer", {
      properties: { clubStr: { displayName: "Club", type: "Str" } },
    });
    await visitor.opensChat();
    await visitor.writes("It is about my tent");
    const whose = () => customerWho(shop, "It is about my tent");
    await expect.poll(whose, { timeout: WITHIN_MS }).not.toBe("");
    const customer = await whose();
    await shop.put(`/v1/customers/${customer}`, { name: "Maya", custom: { clubStr: "Walkers" } });
    const [ana, ben] = [await people.agent("ana"), await people.agent("ben")];
    for (const agent of [ana, ben]) await looksAt(agent, server, `customer/${customer}`);
    const club = (agent: Agent, value: string) =>
      agent.page.getByRole("button", { name: `Edit Club: ${value}` });
    await visible(club(ben, "Walkers"));

    await club(ana, "Walkers").click();
    const typed = ana.page.getByRole("textbox", { name: "Club" });
    await typed.fill("Climbers");
    await club(ben, "Walkers").click();
    await ben.page.getByRole("textbox", { name: "Club" }).fill("Paddlers");
    await ben.page.keyboard.press("Enter");
    await visible(club(ben, "Paddlers"));
    expect(await typed.inputValue()).toBe("Climbers");
    await ana.page.keyboard.press("Enter");

    const told = ana.page.getByRole("alert").filter({ hasText: "Ben" });
    await visible(told.getByText(/changed this meanwhile to “Paddlers”/));
    expect(await violations(ana.page)).toEqual([]);
    await visible(club(ben, "Paddlers"));
    await told.getByRole("button", { name: "Use mine" }).click();

    await visible(club(ben, "Climbers"));
    await visible(club(ana, "Climbers"));
    await gone(told);
  },
);

story(
  "a company is followed while it is looked at, and neither writes over the other",
  async ({ server, people }) => {
    const shop = await Program.of(server);
    const { data } = await shop.post("/v1/companies", { name: "Alder Press", externalId: "A-1" });
    const [ana, ben] = [await people.agent("ana"), await people.agent("ben")];
    for (const agent of [ana, ben]) {
      await looksAt(agent, server, `company/${data.id}`);
      await visible(agent.page.getByRole("heading", { name: "Alder Press" }));
    }

    await ana.page.getByRole("button", { name: "Edit Name" }).click();
    const typed = ana.page.getByRole("textbox", { name: "Name" });
    await typed.fill("Alder & Daughters");
    await ben.page.getByRole("button", { name: "Edit Name" }).click();
    await ben.page.getByRole("textbox", { name: "Name" }).fill("Alder & Sons");
    await ben.page.keyboard.press("Enter");
    await visible(ben.page.getByRole("heading", { name: "Alder & Sons" }));
    await shop.post("/v1/customers", { name: "Ida Alder", company: data.id });
    await shop.put(`/v1/companies/${data.id}`, { externalId: "A-2" });
    await visible(ana.page.getByRole("button", { name: "Edit External id: A-2" }));
    expect(await typed.inputValue()).toBe("Alder & Daughters");
    await typed.press("Enter");

    const told = ana.page.getByRole("alert").filter({ hasText: /^Ben.* to “Alder & Sons”/ });
    await visible(told);
    expect(await violations(ana.page)).toEqual([]);
    expect((await shop.get(`/v1/companies/${data.id}`)).data.attributes.name).toBe("Alder & Sons");
    await typed.press("Enter");

    await visible(ana.page.getByRole("heading", { name: "Alder & Daughters" }));
    await visible(ben.page.getByRole("heading", { name: "Alder & Daughters" }));
    const { attributes } = (await shop.get(`/v1/companies/${data.id}`)).data;
    expect([attributes.name, attributes.externalId]).toEqual(["Alder & Daughters", "A-2"]);
  },
);

async function looksAt({ page }: Agent, server: Server, hash: string): Promise<void> {
  await page.goto(`${server.url}/#/${hash}`);
  await page.getByRole("button", { name: "Edit Name" }).waitFor();
}
