import { expect } from "vitest";

import { Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { gone } from "./harness/waiting.ts";

story(
  "a conversation that a program began is for agents to see, and its customer finds it with the first words in it",
  async ({ server, visitor, agent }) => {
    await visitor.opensChat();
    await visitor.writes("Which stove was recalled?");
    await agent.opens("Which stove was recalled?");
    const shop = await Program.of(server);
    const { data: conversations } = await shop.get("/v1/conversations");
    const customer = conversations[0]?.relationships.customer?.data?.id;

    await shop.post(`/v1/customers/${customer}/conversations`, { name: "Recall of the Ember stove" });
    await agent.goesTo("Unassigned");
    await agent.opens("Recall of the Ember stove");
    await agent.reads("Conversation opened in chat");
    expect(await violations(agent.page)).toEqual([]);
    await gone(visitor.panel.getByRole("button", { name: "All conversations" }));

    await agent.answers("Yours is not one of them.");
    await visitor.showsList();
    await visitor.openConversation("Yours is not one of them.");
    await visitor.reads("Yours is not one of them.");
    await visitor.writes("What a relief");
    await agent.reads("What a relief");
  },
);
