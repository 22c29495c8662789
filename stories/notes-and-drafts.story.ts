import { expect } from "vitest";

import { story } from "./harness/story.ts";

story("a note never reaches the visitor, not even unseen", async ({ visitor, agent }) => {
  const heard = visitor.listens();
  await visitor.opensChat();
  await visitor.writes("Can I have a discount?");
  await agent.opens("Can I have a discount?");
  await agent.notes("He asks every month.");
  await agent.sees("He asks every month.");
  await agent.answers("Five per cent.");

  await visitor.sees("Five per cent.");
  await visitor.page.reload();
  await visitor.sees("Five per cent.");
  expect(await visitor.conversation()).toEqual(["Can I have a discount?", "Five per cent."]);
  expect(heard()).toContain("Five per cent.");
  expect(heard()).not.toContain("every month");
});

story(
  "a draft survives a reload, and is there at another desk of the same agent",
  async ({ visitor, people }) => {
    const ana = await people.agent("ana");
    await visitor.opensChat();
    await visitor.writes("What is in the repair kit?");
    await ana.opens("What is in the repair kit?");
    const kept = ana.keepsDraft();
    await ana.types("Needle, thread, and");
    await kept;

    await ana.page.reload();
    await expect.poll(() => ana.field.inputValue()).toBe("Needle, thread, and");
    const elsewhere = await people.agent("ana");
    await elsewhere.opens("What is in the repair kit?");
    await expect.poll(() => elsewhere.field.inputValue()).toBe("Needle, thread, and");
    await elsewhere.types(" two patches.");
    await elsewhere.sends();
    await visitor.sees("Needle, thread, and two patches.");
  },
);

story("a draft of one agent is nobody else's", async ({ visitor, people }) => {
  const ana = await people.agent("ana");
  const ben = await people.agent("ben");
  await visitor.opensChat();
  await visitor.writes("Whose draft is it?");
  await ana.goesTo("All open");
  await ana.opens("Whose draft is it?");
  const kept = ana.keepsDraft();
  await ana.types("Only mine");
  await kept;

  await ben.goesTo("All open");
  await ben.opens("Whose draft is it?");
  await ben.sees("Whose draft is it?");
  expect(await ben.field.inputValue()).toBe("");
});
