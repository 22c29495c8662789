import { expect } from "vitest";

import { customerWho, makeAdministrator, Program } from "./harness/administrator.ts";
import type { Agent } from "./harness/agent.ts";
import { violations } from "./harness/axe.ts";
import { asksFor } from "./harness/criteria.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

story(
  "an object is defined, a view asks for one of its fields, and conversations come and go with the object",
  async ({ server, people, visitor }) => {
    await visitor.opensChat();
    await visitor.writes("Is my tent mended?");
    const other = await people.visitor();
    await other.visits();
    await other.opensChat();
    await other.writes("Do you mend stoves?");
    await makeAdministrator(server, "ana");
    const ana = await people.agent("ana");
    const { page } = ana;

    await definesRepairs(ana);
    await ana.goesTo("All open");
    await page.getByRole("button", { name: "Add a view" }).click();
    const sheet = page.getByRole("dialog", { name: "New view" });
    await sheet.getByRole("textbox", { name: "Name", exact: true }).fill("In the workshop");
    await sheet.getByRole("button", { name: "Add a condition" }).click();
    const what = sheet.getByRole("combobox", { name: "What" });
    await what.fill("repair");
    await visible(sheet.getByRole("group", { name: "Repair job" }).getByRole("option", { name: "Stage" }));
    expect(await violations(page)).toEqual([]);
    await what.press("Enter");
    await visible(sheet.getByRole("button", { name: "What: Repair job · Stage" }));
    await sheet.getByRole("button", { name: "Mending" }).click();
    await visible(sheet.getByText("Nothing matches now"));
    expect(await violations(page)).toEqual([]);
    await sheet.getByRole("button", { name: "Save" }).click();
    await visible(page.getByRole("heading", { name: /^In the workshop/ }));

    const program = await Program.of(server);
    const customer = await customerWho(program, "Is my tent mended?");
    const repair = (stage: string) =>
      program.put("/v1/klasses/repairJob/externalId=77", { customer, custom: { stageStr: stage } });
    await repair("Mending");
    await visible(ana.row("Is my tent mended?"));
    await visible(page.getByRole("link", { name: /^In the workshop.*1 conversation/ }));
    expect(await ana.row("Do you mend stoves?").count()).toBe(0);

    await repair("Sent back");
    await gone(ana.row("Is my tent mended?"));
    await visible(page.getByText("Nothing matches this view"));
    await visible(page.getByRole("link", { name: /^In the workshop(?!.*1 conversation)/ }));
  },
);

story("a rule asks for a field of an order", async ({ server, people }) => {
  await makeAdministrator(server, "ana");
  const { page } = await people.agent("ana");
  await page.goto(`${server.url}/#/settings/routing/rules`);
  await page.getByRole("button", { name: "Add rule" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Refunds");
  await asksFor(page, "order status");
  await page.getByRole("button", { name: "Refunded", exact: true }).click();
  await asksFor(page, "order total");
  await page.getByRole("combobox", { name: "How" }).last().selectOption("is more than");
  await page.getByRole("spinbutton", { name: "Value" }).fill("100");
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Save", exact: true }).click();

  await visible(page.getByText(/Order · Status is one of Refunded.*Order · Total is more than 100/));
});

async function definesRepairs({ page }: Agent): Promise<void> {
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("link", { name: /^Objects/ }).click();
  await page.getByRole("button", { name: "Add object" }).click();
  await page.getByRole("textbox", { name: "Name of one" }).fill("Repair job");
  await page.getByRole("textbox", { name: "Name of several" }).fill("Repair jobs");
  await page.getByRole("radio", { name: "wrench" }).check();
  await page.getByRole("button", { name: "Add attribute" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("textbox", { name: "Name", exact: true }).fill("Stage");
  await sheet.getByRole("radio", { name: /^Choice One/ }).check();
  await sheet.getByRole("textbox", { name: /^Choices/ }).fill("Received\nMending\nSent back");
  await sheet.getByRole("button", { name: "Save" }).click();
  await gone(sheet);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await visible(page.getByRole("link", { name: /^Repair jobs/ }));
}
