import type { Page } from "playwright-core";
import { expect } from "vitest";

import { violations } from "./harness/axe.ts";
import { PHONE } from "./harness/browser.ts";
import { picture, textFile } from "./harness/files.ts";
import { story } from "./harness/story.ts";

const LOOKS = [
  { name: "in light and in dark", options: {}, schemes: ["light", "dark"] },
  { name: "on a phone", options: PHONE, schemes: ["light"] },
] as const;

for (const { name, options, schemes } of LOOKS) {
  const keepsThem = async (page: Page) => {
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
  };

  story(`the chat keeps the rules of accessibility ${name}`, async ({ people, agent }) => {
    const visitor = await people.visitor(options);
    await visitor.visits();
    await visitor.opensChat();
    await keepsThem(visitor.page);

    await visitor.attaches(picture("seam.png"));
    await visitor.attaches(textFile("order.txt", "20931"));
    await visitor.writes(`Accessible ${name}? See https://example.com/`);
    await agent.opens(`Accessible ${name}?`);
    await agent.answers("I hope so.");
    await visitor.sees("I hope so.");
    await visitor.seesPicture("Show seam.png");
    await keepsThem(visitor.page);

    await visitor.ends();
    await visitor.reads("This conversation has ended.");
    await visitor.panel.getByRole("button", { name: "Start a new conversation" }).click();
    await visitor.writes("Another");
    await visitor.showsList();
    await keepsThem(visitor.page);
  });

  story(`the console keeps the rules of accessibility ${name}`, async ({ people, visitor }) => {
    const agent = await people.arriving("ana", options);
    await keepsThem(agent.page);
    await agent.signsIn();
    await agent.becomes("Available");
    await visitor.opensChat();
    await visitor.attaches(picture("seam.png"));
    await visitor.writes(`Is the console accessible ${name}?`);
    await agent.has(`Is the console accessible ${name}?`);
    await keepsThem(agent.page);
    const filter = agent.page.getByRole("searchbox", { name: "Filter this list" });
    await filter.fill("nothing like it");
    await agent.page.getByText("Nothing in this list matches").waitFor();
    await keepsThem(agent.page);
    await filter.fill("");

    await agent.opens(`Is the console accessible ${name}?`);
    for (const key of ["?", "Control+k", "s", "h"]) {
      await agent.page.keyboard.press(key);
      await agent.page.getByRole("dialog").waitFor();
      await keepsThem(agent.page);
      await agent.page.keyboard.press("Escape");
      await agent.page.getByRole("dialog").waitFor({ state: "hidden" });
    }
    await agent.seesPicture("Image: seam.png");
    await agent.notes("Only among us.");
    await agent.sees("Only among us.");
    await agent.answers("Have a look.");
    await visitor.sees("Have a look.");
    await keepsThem(agent.page);
  });
}
