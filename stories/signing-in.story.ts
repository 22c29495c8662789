import { expect } from "vitest";

import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

story(
  "a shopper who signs in takes the conversation along, and the agent sees who it is",
  async ({ visitor, agent }) => {
    await visitor.opensChat();
    await visitor.writes("Where is my tent?");
    await agent.opens("Where is my tent?");
    await agent.reads("Anonymous visitor");
    const { page } = agent;
    const mark = page.getByRole("button", { name: "Not signed in here" });
    await mark.focus();
    await visible(page.getByText("Not signed in here: nobody has proved who writes here."));
    expect(await violations(page)).toEqual([]);

    await visitor.signsInAs("Maya Lindqvist");
    await agent.reads("Record identified by your site");
    await expect.poll(() => agent.customerName()).toBe("Maya Lindqvist");
    await agent.reads("maya.lindqvist@example.com");
    await agent.reads("The visitor signed in");
    await visible(page.getByRole("button", { name: "Signed in here", exact: true }));
    await gone(mark);

    await visitor.showsList();
    await visitor.reads("Where is my tent?");
    await visitor.openConversation("Where is my tent?");
    await agent.answers("In the van, Maya.");
    await visitor.sees("In the van, Maya.");
    await visitor.writes("Thank you");
    await agent.sees("Thank you");

    await visitor.page.reload();
    await visitor.sees("Thank you");
    expect(await visitor.conversation()).toEqual(["Where is my tent?", "In the van, Maya.", "Thank you"]);
    expect(await visitor.ownMessages()).toEqual(["Where is my tent?", "Thank you"]);
  },
);

story(
  "whoever signs out leaves an empty chat, and the next shopper sees nothing of the first",
  async ({ visitor, agent }) => {
    await visitor.visits("account");
    await visitor.signsInAs("Tom Okafor");
    await visitor.opensChat();
    await visitor.startsNew();
    await visitor.writes("Something that only Tom may read");
    await agent.opens("Something that only Tom may read");
    await visitor.types("Half a sentence of Tom");
    await visitor.closesChat();

    await visitor.signsOut();
    await visitor.opensChat();
    await visitor.reads("Hello. Ask us about a product, an order, or a tent that needs mending.");
    expect(await visitor.everything()).not.toContain("Tom");
    expect(await visitor.field.inputValue()).toBe("");
    await visitor.closesChat();

    await visitor.signsInAs("Hana Kobayashi");
    await visitor.opensChat();
    await visitor.writes("This is Hana");
    await visitor.reads("Sent");
    expect(await visitor.everything()).not.toContain("Tom");
    await agent.opens("This is Hana");
    await expect.poll(() => agent.customerName()).toBe("Hana Kobayashi");
    expect(await visitor.storedText()).not.toContain("Tom");
  },
);
