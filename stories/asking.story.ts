import { expect } from "vitest";

import { story } from "./harness/story.ts";

story("asking about an order begins a new conversation that names it", async ({ visitor, agent }) => {
  await visitor.signsInAs("Maya Lindqvist");
  await visitor.page.getByRole("button", { name: "Ask about this order" }).first().click();
  await visitor.seesChat();
  await expect.poll(() => visitor.field.inputValue()).toBe("Order 20931: ");

  await visitor.types("may it go to my neighbour?");
  await visitor.field.press("Enter");

  await agent.opens("Order 20931: may it go to my neighbour?");
  await agent.answers("It may. Which number?");
  await visitor.sees("It may. Which number?");
  expect(await visitor.conversation()).toEqual([
    "Order 20931: may it go to my neighbour?",
    "It may. Which number?",
  ]);
});

story(
  "once a conversation has ended, the chat says so and offers a new conversation",
  async ({ visitor, agent }) => {
    await visitor.opensChat();
    await visitor.writes("Thank you, that was all");
    await agent.opens("Thank you, that was all");
    await agent.answers("Sleep well.");
    await visitor.reads("You are talking with Ana Lima");

    await visitor.ends();

    await visitor.reads("This conversation has ended.");
    await visitor.noLongerReads("You are talking with Ana Lima");
    await visitor.panel.getByRole("button", { name: "Start a new conversation" }).click();
    await visitor.writes("One more thing");
    await visitor.reads("Sent");
  },
);
