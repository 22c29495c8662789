import { expect } from "vitest";

import { Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

const WARRANTY = {
  name: "warranty",
  displayName: "Warranty",
  pluralName: "Warranties",
  icon: "shield",
  color: "teal",
  metadata: {
    properties: {
      serialStr: { displayName: "Serial number", type: "Str", required: true },
      yearsNum: { displayName: "Years", type: "Num" },
      stateStr: { displayName: "State", type: "Str", enumeration: ["Valid", "Used up"] },
      pinStr: { displayName: "Pin", type: "Str", hasSensitiveAttributes: true },
    },
  },
  card: { title: "serialStr", fields: ["stateStr", "yearsNum"] },
};

story(
  "an agent notes a warranty in the middle of a chat, and a colleague corrects it",
  async ({ server, people, visitor, agent }) => {
    await (await Program.of(server)).post("/v1/klasses", WARRANTY);
    await visitor.opensChat();
    await visitor.writes("My lamp has gone dark");
    await agent.opens("My lamp has gone dark");

    await agent.customer.getByRole("button", { name: "Add warranty" }).click();
    const sheet = agent.page.getByRole("dialog", { name: "New warranty" });
    await sheet.getByRole("button", { name: "Add warranty" }).click();
    await visible(sheet.getByText("This is required."));
    expect(await sheet.getByLabel("Pin").count()).toBe(0);
    await sheet.getByLabel("Serial number").fill("LMP-77");
    await sheet.getByLabel("State").selectOption("Valid");
    expect(await violations(agent.page)).toEqual([]);
    await agent.page.keyboard.press("Enter");
    await gone(sheet);

    const warranties = agent.customer.getByRole("region", { name: "Warranties" });
    await visible(warranties.getByText("LMP-77"));
    await visible(warranties.getByRole("button", { name: "Take from this conversation" }));
    const timeline = agent.page.getByRole("region", { name: /^Conversation with / });
    await visible(timeline.getByText(/Ana .*put Warranty LMP-77 to this conversation/));

    const ben = await people.atTheDesk("ben");
    await ben.goesTo("All open");
    await ben.opens("My lamp has gone dark");
    const theirs = ben.customer.getByRole("region", { name: "Warranties" });
    await theirs.getByRole("button", { name: /^Edit ?: Warranty LMP-77/ }).click();
    const edit = ben.page.getByRole("dialog", { name: "Warranty LMP-77" });
    await edit.getByLabel("Years").fill("two");
    await visible(edit.getByText("A number, such as 12.5"));
    await edit.getByLabel("Years").fill("2");

    await warranties.getByRole("button", { name: /^Edit ?: Warranty LMP-77/ }).click();
    const mine = agent.page.getByRole("dialog", { name: "Warranty LMP-77" });
    await mine.getByLabel("Years").fill("3");
    await edit.getByRole("button", { name: "Save" }).click();
    await gone(edit);
    await visible(mine.getByText("Somebody wrote “2” here meanwhile."));
    expect(await violations(agent.page)).toEqual([]);
    await mine.getByRole("button", { name: "Save" }).click();
    await gone(mine);

    await visible(theirs.getByText("3", { exact: true }));
    await visible(timeline.getByText(/^Ana/).first());

    await warranties.getByRole("button", { name: /^Edit ?: Warranty LMP-77/ }).click();
    await mine.getByRole("button", { name: "Remove" }).click();
    const question = agent.page.getByRole("dialog", { name: "Remove Warranty LMP-77?" });
    await visible(question);
    expect(await violations(agent.page)).toEqual([]);
    await question.getByRole("button", { name: "Remove" }).click();
    await gone(theirs);
    await agent.page.getByRole("button", { name: "Undo" }).last().click();
    await visible(theirs.getByText("LMP-77"));
    await visible(warranties.getByRole("button", { name: "Take from this conversation" }));
  },
);

story(
  "what a shop keeps is read beside the customer, and changed in the shop",
  async ({ server, visitor, agent }) => {
    const shop = await Program.of(server);
    await visitor.opensChat();
    await visitor.writes("My order has the wrong street");
    await agent.opens("My order has the wrong street");
    const { data } = await shop.get("/v1/conversations?status=open&pageSize=50");
    const found = data.find(({ attributes }) => attributes.preview === "My order has the wrong street");
    const customer = found?.relationships.customer?.data?.id;
    await shop.put("/v1/klasses/order/externalId=BY-1", { customer, custom: { orderNumberStr: "#BY-1" } });

    const orders = agent.customer.getByRole("region", { name: "Orders" });
    await orders.getByRole("button", { name: /^All details ?: Order/ }).click();
    const sheet = agent.page.getByRole("dialog", { name: "Order #BY-1" });

    await visible(sheet.getByText(/Another system keeps these records/));
    expect(await sheet.getByRole("textbox").count()).toBe(0);
    expect(await violations(agent.page)).toEqual([]);
    await agent.page.keyboard.press("Escape");
    await gone(sheet);
    expect(
      await orders
        .getByRole("button", { name: /^All details/ })
        .evaluate((one) => one === document.activeElement),
    ).toBe(true);
  },
);
