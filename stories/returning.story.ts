import { expect } from "vitest";

import { story } from "./harness/story.ts";

story("a conversation goes on from page to page and over a reload", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("Do you mend other people's tents?");
  await agent.opens("Do you mend other people's tents?");
  await agent.answers("We do, if they have poles.");
  await visitor.sees("We do, if they have poles.");

  await visitor.visits("p/ember");
  await visitor.sees("We do, if they have poles.");
  await agent.reads(/Ember/);

  await visitor.page.reload();
  await visitor.sees("We do, if they have poles.");
  await visitor.writes("They have.");
  await agent.sees("They have.");
  expect(await visitor.conversation()).toEqual([
    "Do you mend other people's tents?",
    "We do, if they have poles.",
    "They have.",
  ]);
});

story(
  "a chat that was closed stays closed, and still says that there is an answer",
  async ({ visitor, agent }) => {
    await visitor.opensChat();
    await visitor.writes("Will you have the kettle in red?");
    await visitor.reads("Sent");
    await visitor.closesChat();
    await visitor.visits("p/kettle");

    await agent.opens("Will you have the kettle in red?");
    await agent.answers("In April.");
    await visitor.seesOnBubble("1 unread message");
    await visitor.opensChat();
    await visitor.sees("In April.");
    await visitor.seesOnBubble("Chat");
  },
);

story("a visitor who comes back next month finds it all", async ({ visitor, people, server }) => {
  const agent = await people.agent("ana");
  await visitor.opensChat();
  await visitor.writes("I ordered the boots, and they are small.");
  await agent.opens("I ordered the boots, and they are small.");
  await agent.answers("Send them back, we will send larger ones.");
  await visitor.sees("Send them back, we will send larger ones.");
  const kept = await visitor.page.context().storageState();
  await visitor.page.context().close();

  await server.advance({ days: 30 });

  const returned = await people.visitor({ storageState: kept });
  await returned.visits();
  await returned.opensChat();
  await returned.sees("I ordered the boots, and they are small.");
  await returned.sees("Send them back, we will send larger ones.");
  await returned.writes("The larger ones fit.");
  await returned.reads("Sent");
  await agent.signsInAgain();
  await agent.opens("The larger ones fit.");
  await agent.sees("The larger ones fit.");
  expect(await agent.conversation()).toEqual(await returned.conversation());
});
