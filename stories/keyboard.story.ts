import { expect } from "vitest";

import { story } from "./harness/story.ts";
import { hasFocus } from "./harness/waiting.ts";

story("a visitor needs no mouse", async ({ visitor, agent }) => {
  const { keyboard } = visitor.page;
  await visitor.visits("basket");
  for (let presses = 0; presses < 60 && !(await hasFocus(visitor.bubble)); presses += 1)
    await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect.poll(() => hasFocus(visitor.field)).toBe(true);
  await keyboard.type("Written without a mouse");
  await keyboard.press("Enter");
  await agent.opens("Written without a mouse");
  await agent.answers("Read without one");
  await visitor.sees("Read without one");
  expect(await hasFocus(visitor.field)).toBe(true);

  await keyboard.press("Escape");
  await visitor.seesNoChat();
  expect(await hasFocus(visitor.bubble)).toBe(true);
  await keyboard.press("Enter");
  await visitor.sees("Read without one");
});

story("an agent's hands stay on the keyboard", async ({ visitor, agent, people }) => {
  const { keyboard } = agent.page;
  const second = await people.visitor();
  await second.visits();
  await second.opensChat();
  await second.writes("The second in the list");
  await agent.has("The second in the list");
  await visitor.opensChat();
  await visitor.writes("The first in the list");
  await agent.has("The first in the list");

  await keyboard.press("j");
  await agent.sees("The first in the list");
  await keyboard.press("j");
  await agent.sees("The second in the list");
  await keyboard.press("k");
  await agent.sees("The first in the list");

  await keyboard.press("r");
  await expect.poll(() => hasFocus(agent.field)).toBe(true);
  await keyboard.type("Answered by keyboard");
  await keyboard.press("Control+Enter");
  await visitor.sees("Answered by keyboard");
  await keyboard.press("Escape");
  await keyboard.press("n");
  await keyboard.type("Noted by keyboard");
  await keyboard.press("Control+Enter");
  await agent.sees("Noted by keyboard");
  await keyboard.press("Escape");

  await keyboard.press("e");
  await agent.reads("Marked done");
  await agent.noLongerHas("Answered by keyboard");
  await agent.sees("The second in the list");
  await keyboard.press("z");
  await agent.has("Answered by keyboard");
  await agent.sees("Noted by keyboard");

  await keyboard.press("j");
  await agent.sees("The second in the list");
  await keyboard.press("s");
  await keyboard.type("tomorrow");
  await keyboard.press("Enter");
  await agent.noLongerHas("The second in the list");
  await keyboard.press("4");
  await agent.has("The second in the list");
});

story(
  "a long conversation is read without a mouse, from wherever the keyboard is",
  async ({ visitor, agent }) => {
    const { keyboard } = agent.page;
    await visitor.opensChat();
    await visitor.writes("The beginning");
    await agent.opens("The beginning");
    await agent.answers(Array.from({ length: 60 }, (_, line) => `Line ${line}`).join("\n"));
    await agent.sees("Line 59");
    const beginning = agent.page
      .getByRole("region", { name: /^Conversation with / })
      .getByText("The beginning");
    const isSeen = () =>
      beginning.evaluate((element) => element.getBoundingClientRect().top >= 0 && document.hasFocus());
    expect(await isSeen()).toBe(false);

    for (let presses = 0; presses < 8; presses += 1) await keyboard.press("PageUp");

    await expect.poll(isSeen).toBe(true);
  },
);

story("a key that is held down is done with one conversation", async ({ visitor, agent, people }) => {
  const second = await people.visitor();
  await second.visits();
  await second.opensChat();
  await second.writes("Not done yet");
  await visitor.opensChat();
  await visitor.writes("Done with this");
  await agent.has("Not done yet");
  await agent.opens("Done with this");
  await agent.page.getByRole("heading", { level: 1 }).first().click();

  // The browser repeats a key that goes down again before it came up.
  for (let times = 0; times < 5; times += 1) await agent.page.keyboard.down("e");
  await agent.page.keyboard.up("e");

  await agent.noLongerHas("Done with this");
  await agent.sees("Not done yet");
  await agent.has("Not done yet");
});

story("the keyboard's shortcuts are a key away", async ({ agent }) => {
  const { keyboard } = agent.page;
  await keyboard.press("?");
  const help = agent.page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect.poll(() => help.innerText()).toContain("Next conversation");
  await keyboard.press("Escape");
  await expect.poll(() => help.isVisible()).toBe(false);

  await keyboard.press("Control+k");
  await keyboard.type("become busy");
  await keyboard.press("Escape");
  await keyboard.press("Control+k");
  await keyboard.type("Go to All open");
  await keyboard.press("Enter");
  await agent.isIn("All open");
});
