import { expect } from "vitest";

import { story } from "./harness/story.ts";

story("two tabs of one visitor stay in step", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("From the first tab");
  await agent.opens("From the first tab");
  const other = await visitor.anotherTab();
  await other.visits("p/flask");
  await other.opensChat();
  await other.sees("From the first tab");
  await other.writes("From the second tab");
  await visitor.sees("From the second tab");
  await agent.answers("I hear both.");
  await visitor.sees("I hear both.");
  await other.sees("I hear both.");
  await visitor.reads("Seen");
  await other.reads("Seen");

  const everything = ["From the first tab", "From the second tab", "I hear both."];
  expect(await visitor.conversation()).toEqual(everything);
  expect(await other.conversation()).toEqual(everything);
  expect(await agent.conversation()).toEqual(everything);
});

story("what was read in one tab is not unread in the other", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("Which tab am I in?");
  await agent.opens("Which tab am I in?");
  await visitor.closesChat();
  const other = await visitor.anotherTab();
  await other.visits("p/flask");

  await agent.answers("Any.");
  await visitor.seesOnBubble("1 unread message");
  await other.seesOnBubble("1 unread message");
  await other.opensChat();
  await other.sees("Any.");

  await visitor.seesOnBubble("Chat");
});

story(
  "a conversation begun in one tab shows in the other, where the chat was open and empty",
  async ({ visitor }) => {
    const other = await visitor.anotherTab();
    await other.visits("p/flask");
    await other.opensChat();

    await visitor.opensChat();
    await visitor.writes("Begun here");
    await other.sees("Begun here");
  },
);

story("two first messages from two tabs are one visitor's", async ({ visitor, agent }) => {
  const other = await visitor.anotherTab();
  await other.visits();
  await visitor.opensChat();
  await other.opensChat();
  await visitor.field.fill("One of two");
  await other.field.fill("Two of two");
  await Promise.all([visitor.field.press("Enter"), other.field.press("Enter")]);

  await agent.opens("One of two");
  const name = await agent.customerName();
  await agent.opens("Two of two");
  expect(await agent.customerName()).toBe(name);
});
