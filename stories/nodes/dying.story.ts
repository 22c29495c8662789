import { expect } from "vitest";

import { story } from "../harness/story.ts";

story(
  "one node after the other dies in mid-sentence, and the chat goes on at the rest",
  async ({ visitor, agent, server }) => {
    const said = ["Is anybody there?"];
    await visitor.opensChat();
    await visitor.writes("Is anybody there?");
    await agent.opens("Is anybody there?");

    for (const node of ["node1", "node2", "node3"]) {
      await visitor.types(`Does ${node} `);
      await agent.types("Even ");
      await server.tell("kill", node);
      await visitor.types("matter?");
      await visitor.field.press("Enter");
      await agent.sees(`Does ${node} matter?`);
      await agent.types(`without ${node}.`);
      await agent.sends();
      await visitor.sees(`Even without ${node}.`);
      await server.tell("start", node);
      said.push(`Does ${node} matter?`, `Even without ${node}.`);
    }

    await visitor.noLongerReads("Waiting to send");
    expect(await visitor.conversation()).toEqual(said);
    expect(await agent.conversation()).toEqual(said);
  },
);
