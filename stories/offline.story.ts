import { expect } from "vitest";

import { story } from "./harness/story.ts";

story(
  "a visitor in a tunnel writes on, and it is sent once when the train is out of it",
  async ({ visitor, agent }) => {
    await visitor.opensChat();
    await visitor.writes("I am on the train");
    await agent.opens("I am on the train");
    await visitor.reads("Seen");

    await visitor.page.context().setOffline(true);
    await visitor.writes("and this is the tunnel");
    await visitor.reads("Connection lost. Your messages are kept and sent when it is back.");
    await visitor.reads("Waiting to send");
    await agent.answers("Mind your head");
    await visitor.page.context().setOffline(false);

    await visitor.sees("Mind your head");
    await visitor.noLongerReads("Connection lost");
    await agent.sees("and this is the tunnel");
    await visitor.writes("out again");
    await agent.sees("out again");
    await expect
      .poll(() => agent.conversation())
      .toEqual(["I am on the train", "Mind your head", "and this is the tunnel", "out again"]);
    await expect.poll(() => visitor.conversation()).toEqual(await agent.conversation());
  },
);

story(
  "a part of the chat that did not come can be asked for again, and nothing is lost",
  async ({ visitor }) => {
    let broken = true;
    await visitor.page.route(/extras-/, (route) => (broken ? route.abort() : route.continue()));
    await visitor.opensChat();
    await visitor.writes("My first words");
    await visitor.reads("Sent");
    await visitor.panel.getByRole("button", { name: "End conversation" }).click();
    await visitor.reads("This could not be loaded.");

    broken = false;
    await visitor.panel.getByRole("button", { name: "Try again" }).click();

    await visitor.sees("My first words");
    await visitor.ends();
    await visitor.reads("This conversation has ended.");
  },
);

story(
  "an agent without a connection writes on, and it is sent once when it is back",
  async ({ visitor, agent }) => {
    await visitor.opensChat();
    await visitor.writes("Can I collect it?");
    await agent.opens("Can I collect it?");
    await visitor.reads("Seen");

    await agent.page.context().setOffline(true);
    await agent.answers("Any day before six.");
    await agent.reads("Reconnecting…");
    await agent.reads("Waiting for the connection");
    await visitor.writes("Hello?");
    await agent.page.context().setOffline(false);

    await agent.sees("Hello?");
    await agent.noLongerReads("Waiting for the connection");
    await visitor.sees("Any day before six.");
    await visitor.writes("Tomorrow then");
    await agent.sees("Tomorrow then");
    await expect
      .poll(() => agent.conversation())
      .toEqual(["Can I collect it?", "Hello?", "Any day before six.", "Tomorrow then"]);
    await expect.poll(() => visitor.conversation()).toEqual(await agent.conversation());
  },
);

story(
  "what was written in a tab that was closed without a connection is sent from the next",
  async ({ visitor, agent }) => {
    await visitor.opensChat();
    await visitor.writes("Before the tunnel");
    await agent.opens("Before the tunnel");
    await visitor.reads("Seen");

    await visitor.page.context().setOffline(true);
    await visitor.writes("In the tunnel");
    await visitor.reads("Waiting to send");
    const next = await visitor.anotherTab();
    await visitor.page.close();
    await visitor.page.context().setOffline(false);
    await next.visits("p/mug");

    await agent.sees("In the tunnel");
    await next.opensChat();
    await next.sees("In the tunnel");
    await next.writes("After it");
    await agent.sees("After it");
    await next.reads("Seen");
    const everything = ["Before the tunnel", "In the tunnel", "After it"];
    expect(await next.conversation()).toEqual(everything);
    expect(await agent.conversation()).toEqual(everything);
  },
);
