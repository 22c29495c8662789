import { expect } from "vitest";

import { story } from "./harness/story.ts";
import { visible } from "./harness/waiting.ts";

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

  await visitor.typesUntil(agent.words(/Visitor \w+ is typing/), "I wonder ");
  await agent.typesUntil(visitor.words("Ana Lima is typing"), "Let me look ");

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
  await visible(agent.customer.getByText("Shelter & sleep").first());
  const seen = (await agent.customer.innerText()).replace(/\s+/g, " ");
  expect(seen).toContain("Alder 2 two-person tent");
  expect(seen).toContain("/shop/p/alder-2");
  expect(seen).toMatch(/Shelter & sleep .*nights out, done simply/);
  expect(seen).toMatch(/Device Computer Browser \w*Chrome \d+ System Linux Language British English/);

  await visitor.visits("help");
  await agent.reads("/shop/help");
  await agent.page.reload();
  await agent.reads("/shop/help");
  await visible(agent.customer.getByText("Shelter & sleep").first());
});
