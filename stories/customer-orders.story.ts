import { expect } from "vitest";

import { customerWho, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

story(
  "an order comes while the agent talks, and its card changes with it",
  async ({ server, visitor, agent }) => {
    await visitor.opensChat();
    await visitor.writes("I am ordering the kettle now");
    await agent.opens("I am ordering the kettle now");
    const shop = await Program.of(server);
    await shop.post("/v1/klasses", {
      name: "booking",
      displayName: "Booking",
      pluralName: "Bookings",
      icon: "calendar",
      color: "violet",
      metadata: { properties: { statusStr: { type: "Str" }, nightsNum: { type: "Num" } } },
    });
    const customer = await customerWho(shop, "I am ordering the kettle now");

    const booking = "/v1/klasses/booking/externalId=B-7";
    await shop.put(booking, { title: "B-7", customer, custom: { statusStr: "asked for", nightsNum: 2 } });
    const timeline = agent.page.getByRole("region", { name: /^Conversation with / });
    const card = timeline.getByRole("article", { name: "Booking B-7" });
    await visible(card.getByText("asked for"));
    await visible(agent.customer.getByRole("region", { name: "Bookings" }).getByText("asked for"));

    await shop.put(booking, { custom: { statusStr: "confirmed", nightsNum: 3 } });
    await visible(card.getByText("confirmed", { exact: true }));
    await card.getByText("1 change").click();
    await visible(card.getByText("Status: asked for → confirmed"));
    await visible(agent.customer.getByRole("region", { name: "Bookings" }).getByText("confirmed"));
    expect(await card.count()).toBe(1);
    expect(await violations(agent.page)).toEqual([]);

    await agent.page.reload();
    await visible(card.getByText("confirmed", { exact: true }));
  },
);

story(
  "a timeline can be searched, filtered, and left for everything that was",
  async ({ visitor, agent }) => {
    await visitor.opensChat();
    await visitor.writes("The red pegs are bent");
    await agent.opens("The red pegs are bent");
    await agent.answers("Those we replace.");
    await agent.notes("Batch 12, again.");
    await agent.sees("Batch 12, again.");

    const timeline = agent.page.getByRole("region", { name: /^Conversation with / });
    await agent.page.getByRole("button", { name: "Filter and search the timeline" }).click();
    const search = agent.page.getByRole("search");
    await search.getByRole("searchbox").fill("pegs red");
    await visible(search.getByText("1 match"));
    await agent.page.keyboard.press("Enter");
    await visible(search.getByText("1 of 1"));
    expect(await violations(agent.page)).toEqual([]);

    await search.getByRole("searchbox").fill("");
    await search.getByRole("combobox").selectOption("Notes");
    await agent.sees("Batch 12, again.");
    await gone(timeline.getByText("Those we replace."));

    await search.getByRole("combobox").selectOption("All");
    await agent.page.keyboard.press("Escape");
    await gone(search);
    await agent.page.getByRole("button", { name: "Everything" }).click();
    await visible(timeline.getByText("This conversation", { exact: true }));
    await agent.sees("Those we replace.");
    // The styles of the part that screens share come after those that they change.
    expect(await agent.page.getByRole("button", { name: "Back to the conversation" }).isVisible()).toBe(
      false,
    );
    expect(await violations(agent.page)).toEqual([]);
  },
);

story(
  "a customer who never wrote has a timeline, with what the shop tells of them",
  async ({ server, agent }) => {
    const shop = await Program.of(server);
    const { data } = await shop.post("/v1/customers", { name: "Ines" });
    await shop.put(`/v1/customers/${data.id}`, { name: "Ines Duarte" });
    await shop.post("/v1/tracking/event", {
      customer: data.id,
      name: "Checkout abandoned",
      at: "2020-03-01T09:30:00Z",
      meta: { cartStr: "Burrow 38" },
    });

    await agent.page.goto(`${server.url}/#/customer/${data.id}`);
    const timeline = agent.page.getByRole("region", { name: "Timeline of Ines Duarte" });
    await visible(timeline.getByText("1 March 2020"));
    await visible(timeline.getByText("shop changed the name"));
    expect(await violations(agent.page)).toEqual([]);

    await agent.page.getByRole("combobox", { name: "Only" }).selectOption("Events");
    await visible(timeline.getByText("Checkout abandoned"));
    await gone(timeline.getByText("shop changed the name"));
  },
);
