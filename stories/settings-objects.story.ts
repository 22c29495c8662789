import { expect } from "vitest";
import { customerWho, makeAdministrator, Program } from "./harness/administrator.ts";
import type { Agent } from "./harness/agent.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

story(
  "an administrator defines an object and an attribute, and sees both beside the customer",
  async ({ server, people, visitor }) => {
    await visitor.opensChat();
    await visitor.writes("Is my tent mended?");
    await makeAdministrator(server, "ana");
    const ana = await people.agent("ana");
    const { page } = ana;

    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("heading", { name: "Attributes", level: 1 }).waitFor();
    await addsAttribute(ana, "Favourite colour", /^Choice One/, "Pine\nHeather");
    await page.getByRole("link", { name: /^Objects/ }).click();
    await page.getByRole("button", { name: "Add object" }).click();
    await page.getByRole("textbox", { name: "Name of one" }).fill("Repair job");
    await page.getByRole("textbox", { name: "Name of several" }).fill("Repair jobs");
    await page.getByRole("radio", { name: "wrench" }).check();
    await addsAttribute(ana, "Workshop", /^Short text/);
    await visible(page.getByRole("article", { name: /^Repair job/ }).getByText("Workshop"));
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await visible(page.getByRole("link", { name: /^Repair jobs/ }));

    await ana.goesTo("All open");
    await ana.opens("Is my tent mended?");
    await ana.customer.getByRole("button", { name: /empty attributes/ }).click();
    await visible(ana.customer.getByText("Favourite colour"));
    const program = await Program.of(server);
    const customer = await customerWho(program, "Is my tent mended?");
    await program.put("/v1/klasses/repairJob/externalId=77", {
      title: "77",
      customer,
      custom: { workshopStr: "Kinlochewe" },
    });
    await visible(ana.customer.getByText("Kinlochewe"));
  },
);

async function addsAttribute({ page }: Agent, name: string, kind: RegExp, choices?: string): Promise<void> {
  await page.getByRole("button", { name: "Add attribute" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await sheet.getByRole("radio", { name: kind }).check();
  if (choices !== undefined) await sheet.getByRole("textbox", { name: /^Choices/ }).fill(choices);
  expect(await violations(page)).toEqual([]);
  await sheet.getByRole("button", { name: "Save" }).click();
  await gone(sheet);
}

story("settings are not there for an agent who is no administrator", async ({ people }) => {
  const ben = await people.agent("ben");
  expect(await ben.page.getByRole("link", { name: "Settings" }).count()).toBe(0);

  await ben.page.evaluate(() => {
    location.hash = "#/settings/identity";
  });

  await ben.reads("Settings are for administrators");
});
