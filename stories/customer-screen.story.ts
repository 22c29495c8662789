import { expect } from "vitest";

import { Program } from "./harness/administrator.ts";
import type { Agent } from "./harness/agent.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { visible } from "./harness/waiting.ts";

story(
  "whoever has a customer's page open is led on when a colleague merges it, and keeps what they typed",
  async ({ server, people }) => {
    const shop = await Program.of(server);
    const twin = await made(shop, { name: "A. Lopes" });
    const ana = await made(shop, { name: "Ana Lopes", emails: [{ email: "ana@lopes.example" }] });
    await shop.post(`/v1/customers/${twin}/messages`, { body: "Where is my parcel?" });
    const reader = await people.agent("ana");
    const writer = await people.agent("ben");
    await opens(reader, twin, "A. Lopes");
    await opens(writer, twin, "A. Lopes");
    await writer.page.getByRole("button", { name: "Email or phone" }).click();
    await writer.page.getByRole("textbox", { name: "Email" }).fill("ana@home.example");

    const { data: merge } = await shop.post("/v1/customers/merges", { source: twin, target: ana });

    await visible(reader.page.getByRole("heading", { name: "Ana Lopes" }));
    await visible(reader.page.getByRole("button", { name: /Where is my parcel\?/ }));
    await visible(reader.page.getByText("A. Lopes is now part of Ana Lopes.").first());
    await visible(writer.page.getByText(/A\. Lopes is now part of Ana Lopes\./).first());
    expect(await writer.page.getByRole("textbox", { name: "Email" }).inputValue()).toBe("ana@home.example");
    expect(await violations(writer.page)).toEqual([]);
    await writer.page.keyboard.press("Enter");
    await visible(reader.page.getByRole("link", { name: "ana@home.example" }));
    await writer.page.getByRole("link", { name: "Open Ana Lopes" }).click();
    await visible(writer.page.getByRole("heading", { name: "Ana Lopes" }));

    await shop.post(`/v1/customers/merges/${merge.id}/undo`, {});
    await visible(reader.page.getByText("They have not written yet."));
  },
);

story(
  "an address that another customer has leads to them, and to one record of both",
  async ({ server, agent }) => {
    const shop = await Program.of(server);
    const noor = await made(shop, { name: "Noor" });
    await made(shop, { name: "Noor Haddad", emails: [{ email: "noor@haddad.example" }] });
    await opens(agent, noor, "Noor");

    await agent.page.getByRole("button", { name: "Email or phone" }).click();
    await agent.page.getByRole("textbox", { name: "Email" }).fill("noor@haddad.example");
    await agent.page.keyboard.press("Enter");

    await visible(agent.page.getByText("Noor Haddad has it already."));
    await visible(agent.page.getByRole("link", { name: "Open Noor Haddad" }));
    expect(await violations(agent.page)).toEqual([]);
    await agent.page.getByRole("button", { name: "Merge… with Noor Haddad" }).click();
    const comparison = agent.page.getByRole("dialog", { name: "Merge two customers" });
    await comparison.getByRole("button", { name: "Merge", exact: true }).click();
    await visible(agent.page.getByRole("heading", { name: "Noor Haddad" }));
  },
);

story(
  "a date and a number without separators are what was typed, wherever one lives",
  async ({ server, people }) => {
    const shop = await Program.of(server);
    await shop.put("/v1/metadata/customer", {
      properties: {
        bornDate: { displayName: "Born", type: "Date" },
        sinceNum: { displayName: "Customer since", type: "Num", display: "plain" },
      },
    });
    const ida = await made(shop, { name: "Ida", custom: { sinceNum: 2019 } });
    const far = await people.agent("ana", { timezoneId: "Pacific/Auckland", locale: "en-GB" });
    const near = await people.agent("ben", { timezoneId: "America/Los_Angeles", locale: "en-GB" });
    await opens(far, ida, "Ida");
    await opens(near, ida, "Ida");

    await far.page.getByRole("button", { name: /empty attributes$/ }).click();
    await far.page.getByRole("button", { name: /^Edit Born/ }).click();
    await far.page.getByLabel("Born", { exact: true }).fill("1990-03-04");
    await far.page.keyboard.press("Enter");

    for (const agent of [far, near]) {
      await visible(agent.page.getByRole("button", { name: "Edit Born: 4 Mar 1990" }));
      await visible(agent.page.getByRole("button", { name: "Edit Customer since: 2019" }));
      await visible(agent.page.getByText("Born: 4 Mar 1990"));
    }
  },
);

story("a company's page shows who is made with it", async ({ server, agent }) => {
  const shop = await Program.of(server);
  const company = (await shop.post("/v1/companies", { name: "Globex" })).data.id;
  await agent.page.goto(`${server.url}/#/company/${company}`);
  await visible(agent.page.getByRole("heading", { name: "Globex" }));

  await made(shop, { name: "Ola Nordmann", company });

  await visible(agent.page.getByText("Ola Nordmann"));
});

async function made(shop: Program, customer: object): Promise<string> {
  return (await shop.post("/v1/customers", customer)).data.id;
}

async function opens({ page }: Agent, customer: string, name: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/customer/${customer}`);
  await visible(page.getByRole("heading", { name, exact: true }));
}
