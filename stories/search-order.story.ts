import { expect } from "vitest";
import { customerWho, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { asksFor } from "./harness/criteria.ts";
import { story } from "./harness/story.ts";
import { hasFocus, visible } from "./harness/waiting.ts";

story("an order is found by its number, hands on the keyboard", async ({ server, visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("It has not come yet");
  await agent.has("It has not come yet");
  const program = await Program.of(server);
  const customer = await customerWho(program, "It has not come yet");
  await program.put("/v1/klasses/order/externalId=WX-77031", {
    title: "WX-77031",
    customer,
    custom: { orderNumberStr: "WX-77031", totalNum: 129.5, currencyStr: "EUR" },
  });
  const { keyboard } = agent.page;

  await keyboard.press("Control+k");
  await keyboard.type("77031");
  await visible(agent.page.getByRole("option", { name: /WX-77031/ }));
  expect(await violations(agent.page)).toEqual([]);
  await keyboard.press("Enter");

  await agent.sees("It has not come yet");
  await visible(agent.customer.getByText("€129.50"));
});

story("what was said is found by its words, and back comes to the results", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("The zip of my sleeping bag is stuck");
  await agent.has("The zip of my sleeping bag is stuck");
  const { page } = agent;

  await page.keyboard.press("/");
  const field = page.getByRole("searchbox", { name: "Search" });
  await expect.poll(() => hasFocus(field)).toBe(true);
  await page.keyboard.type("sleeping bags");
  const found = page.getByRole("link", { name: /The zip of my/ });
  await visible(found);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await agent.sees("The zip of my sleeping bag is stuck");

  await page.goBack();
  await visible(found);
});

story(
  "an order is drawn as its card draws it, and put to the conversation",
  async ({ server, visitor, agent }) => {
    await visitor.opensChat();
    await visitor.writes("The parcel is half empty");
    await agent.opens("The parcel is half empty");
    const program = await Program.of(server);
    const customer = await customerWho(program, "The parcel is half empty");
    await program.put("/v1/klasses/order/externalId=WX-88120", {
      customer,
      custom: {
        orderNumberStr: "WX-88120",
        totalNum: 1249.5,
        currencyStr: "EUR",
        placedAt: "2026-11-24T09:30:00Z",
      },
    });
    const { page } = agent;
    const card = agent.customer.getByRole("article", { name: "Order WX-88120" });
    await visible(card);

    await page.keyboard.press("/");
    const field = page.getByRole("searchbox", { name: "Search" });
    await expect.poll(() => hasFocus(field)).toBe(true);
    await page.keyboard.type("88120");
    const found = page.getByRole("link", { name: /WX-88120/ });
    await visible(found.getByText("Total: €1,249.50", { exact: false }));
    await visible(found.getByText("Placed: 24 Nov 2026", { exact: false }));
    await page.goBack();

    await card.getByRole("button", { name: /^Put to this conversation/ }).click();
    await visible(page.getByText("put Order WX-88120 to this conversation", { exact: false }));
    await visible(card.getByTitle("This conversation is about it"));
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("z");
    await visible(page.getByText("took Order WX-88120 from this conversation", { exact: false }));
  },
);

story("what one customer said is found without what all others say", async ({ people, visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("My awning leaks at the seam");
  const other = await people.visitor();
  await other.visits();
  await other.opensChat();
  await other.writes("Which awning fits a van?");
  await agent.has("Which awning fits a van?");
  await agent.opens("My awning leaks at the seam");
  const { page } = agent;
  const name = await agent.customerName();

  await page.keyboard.press("f");
  await page.getByRole("search").getByRole("searchbox").fill("awnings");
  await page.getByRole("button", { name: "Search this customer" }).click();

  await visible(page.getByText(`Only with ${name}`));
  await visible(page.getByRole("link", { name: /leaks at the seam/ }));
  expect(await page.getByRole("link", { name: /fits a van/ }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Look with everybody" }).click();
  await visible(page.getByRole("link", { name: /fits a van/ }));
});

story("a company is found by its domain, and leads to its customers", async ({ server, agent }) => {
  const program = await Program.of(server);
  const { data } = await program.post("/v1/companies", {
    name: "Northlight Huts",
    domains: ["northlight-huts.example"],
  });
  await program.post("/v1/customers", { name: "Runa Holm", company: data.id });
  const { page } = agent;

  await page.keyboard.press("Control+k");
  await page.keyboard.type("northlight");
  await visible(page.getByRole("option", { name: /Northlight Huts.*1 customer/ }));
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Enter");

  await visible(page.getByRole("heading", { name: "Northlight Huts" }));
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: /Runa Holm/ }).click();
  await visible(page.getByRole("heading", { name: "Runa Holm" }));
});

story("a view shows what it describes, and counts along", async ({ visitor, agent, people }) => {
  const { page } = agent;
  await page.getByRole("button", { name: "Add a view" }).click();
  const sheet = page.getByRole("dialog", { name: "New view" });
  await sheet.getByRole("textbox", { name: "Name", exact: true }).fill("About lanterns");
  await asksFor(sheet, "any words");
  await sheet.getByRole("textbox", { name: "Value" }).fill("lantern");
  await visible(sheet.getByText("Nothing matches now"));
  expect(await violations(page)).toEqual([]);
  await sheet.getByRole("button", { name: "Save" }).click();
  await visible(page.getByRole("heading", { name: /^About lanterns/ }));

  await visitor.opensChat();
  await visitor.writes("Does the lantern float?");
  await agent.has("Does the lantern float?");
  const other = await people.visitor();
  await other.visits();
  await other.opensChat();
  await other.writes("Does the kettle whistle?");

  await visible(page.getByRole("link", { name: /^About lanterns.*1 conversation/ }));
  expect(await agent.row("Does the kettle whistle?").count()).toBe(0);
});
