import { expect } from "vitest";

import { textFile } from "../harness/files.ts";
import { story } from "../harness/story.ts";

story(
  "nodes are restarted one after the other, and two who talk notice no more than a reconnect",
  async ({ visitor, agent, server }) => {
    const said = ["How long is the rope?"];
    await visitor.opensChat();
    await visitor.writes("How long is the rope?");
    await agent.opens("How long is the rope?");
    let loads = 0;
    for (const { page } of [visitor, agent]) page.on("load", () => (loads += 1));

    for (const node of ["node1", "node2", "node3"]) {
      const restarting = server.tell("restart", node);
      await visitor.attaches(textFile(`${node}.txt`, `written while ${node} was away`));
      await visitor.writes(`I ask with ${node} away`);
      await agent.sees(`I ask with ${node} away`);
      await agent.reads(`${node}.txt`);
      await agent.answers(`I answer with ${node} away`);
      await visitor.sees(`I answer with ${node} away`);
      await restarting;
      said.push(`I ask with ${node} away`, `I answer with ${node} away`);
    }

    await visitor.reads("Seen");
    await visitor.noLongerReads("Connection lost");
    await agent.noLongerReads("Reconnecting…");
    expect(await visitor.conversation()).toEqual(said);
    expect(await agent.conversation()).toEqual(said);
    for (const refused of ["Not sent", "was not uploaded"]) {
      expect(await visitor.everything()).not.toContain(refused);
      expect(await agent.everything()).not.toContain(refused);
    }
    expect(loads).toBe(0);
  },
);
