import { expect } from "vitest";

import { story } from "./harness/story.ts";

story("a visitor writes, an agent sees it the same instant and answers", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("Is the Alder warm enough for March?");
  await visitor.reads("Sent");

  await agent.opens("Is the Alder warm enough for March?");
  await agent.sees("Is the Alder warm enough for March?");
  await agent.answers("Down to minus five, with a good mat.");

  await visitor.sees("Down to minus five, with a good mat.");
  await visitor.reads("You are talking with Ana Lima");
  await agent.reads(/^Seen /);
  await visitor.reads("Seen");
  expect(await visitor.conversation()).toEqual(await agent.conversation());
});

story("each sees the other typing", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("Typing, are you?");
  await agent.opens("Typing, are you?");

  await visitor.types("I wonder");
  await agent.reads(/Visitor \w+ is typing/);
  await agent.types("Let me look");
  await visitor.reads("Ana Lima is typing");

  await visitor.writes("I wonder about the poles");
  await agent.noLongerReads(/Visitor \w+ is typing/);
  await agent.answers("Let me look it up");
  await visitor.noLongerReads("Ana Lima is typing");
});

story("the agent sees which pages the visitor looked at, on what device", async ({ visitor, agent }) => {
  await visitor.visits("c/shelter");
  await visitor.visits("p/alder-2");
  await visitor.opensChat();
  await visitor.writes("How heavy is this tent?");
  await agent.opens("How heavy is this tent?");

  await agent.reads("On the site now");
  const seen = (await agent.customer.innerText()).split(/\s*\n\s*/);
  expect(seen).toContain("/shop/p/alder-2");
  expect(seen).toContain("Shelter & sleep · Birch & Burrow");
  expect(seen).toContain("Computer");
  expect(seen).toContain("Linux");
  expect(seen.join(" ")).toMatch(/Browser \w*Chrome \d+/);
  expect(seen).toContain("British English");

  await visitor.visits("help");
  await agent.reads("/shop/help");
});
