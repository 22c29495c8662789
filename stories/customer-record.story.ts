import { expect } from "vitest";

import { Program } from "./harness/administrator.ts";
import type { Agent } from "./harness/agent.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { gone, hasFocus, visible } from "./harness/waiting.ts";

story(
  "an agent writes down what they hear, and colleagues see it at once",
  async ({ server, visitor, people }) => {
    const shop = await Program.of(server);
    await shop.put("/v1/metadata/customer", {
      properties: {
        shoeSizeNum: { displayName: "Shoe size", type: "Num" },
        clubStr: { displayName: "Club", type: "Str", enumeration: ["Walkers", "Climbers"] },
      },
    });
    await visitor.opensChat();
    await visitor.writes("I am Maya from the climbers, size 39");
    const ana = await people.agent("ana");
    const ben = await people.agent("ben");
    for (const agent of [ana, ben]) {
      await agent.goesTo("All open");
      await agent.opens("I am Maya from the climbers, size 39");
      await agent.customer.getByRole("button", { name: /empty attributes$/ }).click();
    }

    await changes(ana, "Shoe size", "39");
    await visible(ben.customer.getByRole("button", { name: "Edit Shoe size: 39" }));
    await ana.customer.getByRole("button", { name: /^Edit Club/ }).click();
    await ana.page.getByRole("combobox", { name: "Club" }).fill("cli");
    await ana.page.keyboard.press("Enter");
    const club = ben.customer.getByRole("button", { name: "Edit Club: Climbers" });
    await visible(club);
    await ana.customer.getByRole("button", { name: "Edit Name" }).click();
    await ana.page.keyboard.type("Maya");
    await ana.page.keyboard.press("Enter");
    await visible(ben.customer.getByRole("heading", { name: "Maya" }));
    await visible(ben.words("Ana Lima changed the name"));

    await ana.page.keyboard.press("z");
    await visible(ben.customer.getByRole("heading", { name: /^Visitor/ }));
    await changes(ben, "Shoe size", "many");
    await visible(ben.customer.getByRole("alert"));
    expect(await violations(ben.page)).toEqual([]);
  },
);

story("an address that is none is said to be none where it was typed", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("Write to me");
  await agent.opens("Write to me");

  await agent.customer.getByRole("button", { name: "Email or phone" }).click();
  const field = agent.customer.getByRole("textbox", { name: "Email" });
  await field.fill("maya at home");
  await agent.page.keyboard.press("Enter");
  await visible(agent.customer.getByRole("alert"));
  expect(await field.inputValue()).toBe("maya at home");
  expect(await hasFocus(field)).toBe(true);

  await field.fill("maya@home.example");
  await agent.page.keyboard.press("Enter");
  await visible(agent.customer.getByRole("link", { name: "maya@home.example" }));
  await visible(agent.customer.getByText("Unverified"));
});

async function changes({ customer, page }: Agent, attribute: string, value: string): Promise<void> {
  await customer.getByRole("button", { name: new RegExp(`^Edit ${attribute}`) }).click();
  await page.keyboard.type(value);
  await page.keyboard.press("Enter");
}

story("a tag leaves the company that was set by hand", async ({ server, visitor, people }) => {
  const shop = await Program.of(server);
  await shop.post("/v1/companies", { name: "Lantern Works" });
  await visitor.opensChat();
  await visitor.writes("Calling for Lantern Works");
  const ana = await people.agent("ana");
  const ben = await people.agent("ben");
  for (const agent of [ana, ben]) {
    await agent.goesTo("All open");
    await agent.opens("Calling for Lantern Works");
  }
  await ana.customer.getByRole("button", { name: "Company", exact: true }).click();
  await ana.page.getByPlaceholder("Name of a company").fill("lantern");
  await ana.page.getByRole("option", { name: "Lantern Works", exact: true }).click();
  await visible(ben.customer.getByRole("link", { name: "Show Lantern Works" }));

  await tags(ana, "wholesale");
  // What has the focus stays until it is used.
  const undo = ana.page.getByRole("button", { name: "Undo" }).last();
  await undo.focus();
  await visible(ben.customer.getByRole("button", { name: "Remove tag wholesale" }));
  await tags(ben, "priority");
  await visible(ana.customer.getByRole("button", { name: "Remove tag priority" }));
  await undo.click();

  await gone(ben.customer.getByRole("button", { name: "Remove tag wholesale" }));
  for (const agent of [ana, ben]) {
    await visible(agent.customer.getByRole("link", { name: "Show Lantern Works" }));
    await visible(agent.customer.getByRole("button", { name: "Remove tag priority" }));
  }
});

async function tags({ customer, page }: Agent, tag: string): Promise<void> {
  await customer.getByRole("button", { name: "Add a tag" }).click();
  await page.keyboard.type(tag);
  await page.keyboard.press("Enter");
}
