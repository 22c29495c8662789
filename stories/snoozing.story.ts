import { expect } from "vitest";

import { story } from "./harness/story.ts";

story(
  "a snoozed conversation is out of the way, and comes back on time",
  async ({ visitor, agent, server }) => {
    await visitor.opensChat();
    await visitor.writes("Please ask the workshop");
    await agent.opens("Please ask the workshop");
    await agent.answers("I will ask them after lunch.");
    await agent.snoozes("In 1 hour");
    await agent.reads(/^Snoozed until /);
    await agent.noLongerHas("I will ask them after lunch.");
    await agent.goesTo("Snoozed");
    await agent.has("I will ask them after lunch.");

    await server.advance({ minutes: 58 });
    await agent.has("I will ask them after lunch.");
    await server.advance({ minutes: 3 });
    await agent.noLongerHas("I will ask them after lunch.");
    await agent.goesTo("My work");
    await agent.opens("I will ask them after lunch.");
    await agent.reads("Back from snooze");
  },
);

story("a snoozed conversation comes back when the customer writes", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("No hurry");
  await agent.opens("No hurry");
  await agent.snoozes("Tomorrow morning");
  await agent.noLongerHas("No hurry");

  await visitor.writes("A little hurry after all");
  await agent.opens("A little hurry after all");
  await agent.sees("No hurry");
});

story("a conversation that is done opens again when the customer writes", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("Thank you, that was all");
  await agent.opens("Thank you, that was all");
  await agent.marksDone();
  await agent.reads("Marked done");
  await agent.noLongerHas("Thank you, that was all");
  await agent.goesTo("Done");
  await agent.has("Thank you, that was all");

  await visitor.writes("One more thing");
  await agent.noLongerHas("One more thing");
  await agent.goesTo("My work");
  await agent.opens("One more thing");
  await agent.sees("One more thing");
  expect(await agent.conversation()).toEqual(["Thank you, that was all", "One more thing"]);
});

story("what was marked done by mistake can be undone", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("Not done at all");
  await agent.opens("Not done at all");
  await agent.marksDone();
  await agent.noLongerHas("Not done at all");

  await agent.page.getByRole("button", { name: "Undo" }).click();
  await agent.has("Not done at all");
  await agent.sees("Not done at all");
});

story(
  "a double click is done with one conversation, and not with the next",
  async ({ visitor, agent, people }) => {
    const second = await people.visitor();
    await second.visits();
    await second.opensChat();
    await second.writes("Still waiting");
    await visitor.opensChat();
    await visitor.writes("Clicked twice");
    await agent.has("Still waiting");
    await agent.opens("Clicked twice");

    await agent.page.getByRole("button", { name: "Done", exact: true }).dblclick();

    await agent.noLongerHas("Clicked twice");
    await agent.sees("Still waiting");
    await agent.has("Still waiting");
    await agent.page.getByRole("button", { name: "Snooze", exact: true }).dblclick();
    await agent.page.getByRole("dialog", { name: "Snooze until" }).waitFor();
  },
);

story("a visitor ends the chat, and starts another", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("This was it");
  await agent.opens("This was it");
  await visitor.ends();
  await visitor.reads("This conversation has ended.");
  await agent.reads(/ended the chat/);
  await agent.noLongerReads(/^Waiting( \d|$)/);
  expect(await agent.page.getByRole("button", { name: "Reply", exact: true }).isDisabled()).toBe(true);

  await visitor.panel.getByRole("button", { name: "Start a new conversation" }).click();
  await visitor.writes("This is something else");
  await agent.opens("This is something else");
  await agent.sees("This is something else");
  expect(await agent.conversation()).toEqual(["This is something else"]);
});
