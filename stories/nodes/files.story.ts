import { expect } from "vitest";

import { textFile } from "../harness/files.ts";
import { story } from "../harness/story.ts";
import { gone } from "../harness/waiting.ts";

story(
  "files cannot be reached, and two who talk are told so, talk on and try again",
  async ({ visitor, agent, server }) => {
    await visitor.opensChat();
    await visitor.writes("Which one fits?");
    await agent.opens("Which one fits?");
    await agent.attaches(textFile("sizes.txt", "S to XL"));
    await agent.answers("Look here");
    await visitor.sees("Look here");
    const saves = visitor.panel.getByRole("button", { name: /Download sizes.txt/ });

    await server.tell("stop", "store");
    await visitor.attaches(textFile("measures.txt", "94 cm"));
    await visitor.reads("measures.txt was not uploaded.");
    await saves.click();
    await visitor.reads("This could not be loaded.");
    await visitor.writes("I cannot send it just now");
    await agent.sees("I cannot send it just now");

    await server.tell("start", "store");
    await visitor.panel
      .getByRole("listitem")
      .filter({ hasText: "measures.txt" })
      .getByText("Try again")
      .click();
    await gone(visitor.panel.getByRole("progressbar"));
    await visitor.noLongerReads("measures.txt was not uploaded.");
    await visitor.writes("Now it goes");
    await agent.sees("Now it goes");
    await agent.reads("measures.txt");
    expect(await visitor.everything()).not.toContain("Not sent");
  },
);
