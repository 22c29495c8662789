import { expect } from "vitest";

import { story } from "./harness/story.ts";

story("both agents see a conversation, and each that the other is in it", async ({ visitor, people }) => {
  const ana = await people.agent("ana");
  const ben = await people.agent("ben");
  await ana.reads("Ben Ojo");
  await visitor.opensChat();
  await visitor.writes("Who of you is there?");

  await ana.goesTo("All open");
  await ben.goesTo("All open");
  await ana.opens("Who of you is there?");
  await ben.opens("Who of you is there?");
  await ana.reads("Ben Ojo also here");
  await ben.reads("Ana Lima also here");
  await ben.typesUntil(ana.words("Ben Ojo typing too"), "Both ");
  await ben.typesUntil(visitor.words("Ben Ojo is typing"), "Both ");
  await ben.answers("Both of us.");
  await ana.sees("Both of us.");
  await visitor.sees("Both of us.");
  await ben.goesTo("My work");
  await ana.noLongerReads("Ben Ojo also here");
});

story("a colleague's status shows at once", async ({ people }) => {
  const ana = await people.agent("ana");
  const ben = await people.agent("ben");
  await ana.seesColleague("Ben Ojo", "Available");

  await ben.becomes("Busy");
  await ana.seesColleague("Ben Ojo", "Busy");
});

story(
  "a conversation that is handed off arrives with the colleague, who is told by whom",
  async ({ visitor, people }) => {
    const ana = await people.agent("ana");
    const ben = await people.agent("ben");
    await ben.becomes("Unavailable");
    await visitor.opensChat();
    await visitor.writes("I need somebody who can sew");
    await ana.opens("I need somebody who can sew");
    await visitor.reads("You are talking with Ana Lima");

    await ana.handsOffTo("Ben Ojo");
    await ben.reads(/^Ana Lima gave you the conversation with /);
    await ben.row("I need somebody who can sew").filter({ hasText: "New to you" }).waitFor();
    await expect.poll(() => ben.page.title()).toMatch(/^\(\d+\) Kithdesk$/);
    await ben.page.reload();
    await ben.row("I need somebody who can sew").filter({ hasText: "New to you" }).waitFor();
    await ben.opens("I need somebody who can sew");
    await ben.noLongerReads("New to you");
    await ben.reads("Ana Lima assigned it to Ben Ojo");
    await visitor.reads("You are talking with Ben Ojo");
    await ana.noLongerHas("I need somebody who can sew");
  },
);

story("a conversation handed off to the queue goes to whoever is free", async ({ visitor, people }) => {
  const ana = await people.agent("ana");
  await visitor.opensChat();
  await visitor.writes("Anybody will do");
  await ana.opens("Anybody will do");
  await ana.becomes("Unavailable");

  await ana.handsOffTo("Default queue");
  await ana.goesTo("Unassigned");
  await ana.opens("Anybody will do");
  const ben = await people.agent("ben");
  await ben.opens("Anybody will do");
  await ana.noLongerHas("Anybody will do");
  await visitor.reads("You are talking with Ben Ojo");
});

story("an agent takes a conversation that waits", async ({ visitor, people }) => {
  const ana = await people.agent("ana");
  await ana.becomes("Busy");
  await visitor.opensChat();
  await visitor.writes("Is anybody there?");
  await ana.goesTo("Unassigned");
  await ana.opens("Is anybody there?");

  await ana.assignsTo("Ana Lima (you)");
  await ana.reads("Ana Lima took it");
  await visitor.reads("You are talking with Ana Lima");
  await ana.goesTo("My work");
  await ana.opens("Is anybody there?");
});
