import { expect } from "vitest";

import { story } from "./harness/story.ts";

story(
  "behind a proxy that knows no WebSockets the chat works all the same",
  async ({ people, agent, wire }) => {
    wire.letsSocketsThrough = false;
    const visitor = await people.visitor({ proxy: { server: wire.proxy, bypass: "<-loopback>" } });
    await visitor.visits("p/kettle");
    await visitor.opensChat();
    await visitor.writes("Does this get through?");
    await agent.opens("Does this get through?");
    await agent.answers("It does.");
    await visitor.sees("It does.");
    await visitor.reads("Seen");
    await visitor.noLongerReads("Connection lost");

    await visitor.visits("p/mug");
    await visitor.sees("It does.");
    await visitor.writes("And this?");
    await agent.sees("And this?");
    await agent.answers("This too.");
    await visitor.sees("This too.");
    expect(await visitor.conversation()).toEqual(await agent.conversation());
  },
);
