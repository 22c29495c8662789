import { expect } from "vitest";

import { violations } from "./harness/axe.ts";
import { PHONE } from "./harness/browser.ts";
import { picture, textFile } from "./harness/files.ts";
import { story } from "./harness/story.ts";

const LOOKS = [
  { name: "in light", options: { colorScheme: "light" } },
  { name: "in dark", options: { colorScheme: "dark" } },
  { name: "on a phone", options: { colorScheme: "light", ...PHONE } },
] as const;

for (const { name, options } of LOOKS) {
  story(`the chat keeps the rules of accessibility ${name}`, async ({ people, agent }) => {
    const visitor = await people.visitor(options);
    await visitor.visits();
    await visitor.opensChat();
    expect(await violations(visitor.page)).toEqual([]);

    await visitor.attaches(picture("seam.png"));
    await visitor.attaches(textFile("order.txt", "20931"));
    await visitor.writes(`Accessible ${name}? See https://example.com/`);
    await agent.opens(`Accessible ${name}?`);
    await agent.answers("I hope so.");
    await visitor.sees("I hope so.");
    await visitor.seesPicture("Show seam.png");
    expect(await violations(visitor.page)).toEqual([]);

    await visitor.ends();
    await visitor.reads("This conversation has ended.");
    await visitor.panel.getByRole("button", { name: "Start a new conversation" }).click();
    await visitor.writes("Another");
    await visitor.showsList();
    expect(await violations(visitor.page)).toEqual([]);
  });

  story(`the console keeps the rules of accessibility ${name}`, async ({ people, visitor }) => {
    const agent = await people.arriving("ana", options);
    expect(await violations(agent.page)).toEqual([]);
    await agent.signsIn();
    await agent.becomes("Available");
    await visitor.opensChat();
    await visitor.attaches(picture("seam.png"));
    await visitor.writes(`Is the console accessible ${name}?`);
    await agent.has(`Is the console accessible ${name}?`);
    expect(await violations(agent.page)).toEqual([]);

    await agent.opens(`Is the console accessible ${name}?`);
    for (const key of ["?", "Control+k", "s", "h"]) {
      await agent.page.keyboard.press(key);
      await agent.page.getByRole("dialog").waitFor();
      expect(await violations(agent.page)).toEqual([]);
      await agent.page.keyboard.press("Escape");
      await agent.page.getByRole("dialog").waitFor({ state: "hidden" });
    }
    await agent.seesPicture("Image: seam.png");
    await agent.notes("Only among us.");
    await agent.sees("Only among us.");
    await agent.answers("Have a look.");
    await visitor.sees("Have a look.");
    expect(await violations(agent.page)).toEqual([]);
  });
}
