import { expect } from "vitest";

import { violations } from "./harness/axe.ts";
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

story("what one window writes or sends, another of the same agent shows", async ({ visitor, people }) => {
  const [ana, elsewhere] = [await people.agent("ana"), await people.agent("ana")];
  await visitor.opensChat();
  await visitor.writes("Is it there already?");
  await ana.opens("Is it there already?");
  const kept = ana.keepsDraft();
  await ana.types("It is on the shelf");
  await kept;
  await elsewhere.opens("Is it there already?");
  await expect.poll(() => elsewhere.field.inputValue()).toBe("It is on the shelf");
  await elsewhere.sends();
  await visitor.sees("It is on the shelf");

  await expect.poll(() => ana.field.inputValue()).toBe("");

  const keptElsewhere = elsewhere.keepsDraft();
  await elsewhere.types("Begun at the other desk");
  await keptElsewhere;
  // Whoever turns from one window to the other.
  await ana.page.evaluate(() => dispatchEvent(new Event("focus")));
  await expect.poll(() => ana.field.inputValue()).toBe("Begun at the other desk");
});

story(
  "a draft that comes late is not written over by what was typed before it",
  async ({ visitor, people }) => {
    const ana = await people.agent("ana");
    await visitor.opensChat();
    await visitor.writes("How slow is it here?");
    await ana.opens("How slow is it here?");
    const kept = ana.keepsDraft();
    await ana.types("Begun yesterday.");
    await kept;
    let isSlow = true;
    await ana.page.route(/drafts\/current$/, async (route) => {
      if (route.request().method() === "GET" && isSlow) await route.abort();
      else await route.continue();
    });
    await ana.page.reload();
    await ana.sees("How slow is it here?");
    await ana.types("Typed today.");

    isSlow = false;

    await expect.poll(() => ana.field.inputValue()).toBe("Begun yesterday.\n\nTyped today.");
  },
);

story("words of a note go to the customer only after a question", async ({ visitor, agent }) => {
  await visitor.opensChat();
  await visitor.writes("May I return it?");
  await agent.opens("May I return it?");
  await agent.notes("Third return this month, be careful with refunds.");
  await agent.sees("Third return this month");

  await agent.answers("Hello! Third return this month, be careful with refunds.");
  const question = agent.page.getByRole("dialog", { name: "Send words of a note?" });
  await question.waitFor();
  expect(await violations(agent.page)).toEqual([]);
  await agent.page.keyboard.press("Escape");
  await agent.page.getByRole("button", { name: "Make it a note" }).click();
  await agent.page.getByRole("button", { name: "Add note" }).click();
  await agent.sees("Hello! Third return");

  await agent.answers("You may, within thirty days.");
  await visitor.sees("You may, within thirty days.");
  expect(await visitor.conversation()).toEqual(["May I return it?", "You may, within thirty days."]);
});

story("whoever writes hears that a colleague has answered meanwhile", async ({ visitor, people }) => {
  const [ana, ben] = [await people.agent("ana"), await people.agent("ben")];
  await visitor.opensChat();
  await visitor.writes("Who is quicker?");
  for (const agent of [ana, ben]) {
    await agent.goesTo("All open");
    await agent.opens("Who is quicker?");
  }
  await ana.types("I have looked for it, and");

  await ben.answers("I am.");

  await ana.reads(/answered while you were writing/);
  expect(await ana.field.inputValue()).toBe("I have looked for it, and");
});

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
