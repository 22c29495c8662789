import { expect } from "vitest";

import { story } from "./harness/story.ts";

story(
  "the server dies in mid-sentence, and nothing is missing and nothing twice",
  async ({ visitor, agent, server }) => {
    await visitor.opensChat();
    await visitor.writes("I was about to say");
    await agent.opens("I was about to say");
    await visitor.sees("I was about to say");
    await visitor.types("that the");
    await agent.types("Take");

    await server.kill();
    await visitor.types(" zip is broken");
    await visitor.field.press("Enter");
    await agent.types(" your time");
    await agent.sends();
    await visitor.reads("Connection lost. Your messages are kept and sent when it is back.");
    await visitor.reads("Waiting to send");
    await agent.reads("Reconnecting…");
    await agent.reads("Waiting for the connection");
    await server.startAgain();

    await visitor.sees("Take your time");
    await agent.sees("that the zip is broken");
    await visitor.noLongerReads("Waiting to send");
    await visitor.writes("Are you there?");
    await agent.sees("Are you there?");
    await agent.answers("I am.");
    await visitor.sees("I am.");
    await expect.poll(() => sorted(visitor)).toEqual(sortedWords);
    await expect.poll(() => sorted(agent)).toEqual(sortedWords);
    expect(await visitor.conversation()).toEqual(await agent.conversation());
  },
);

/** What was written while the server was dead has no order between the two. */
const sortedWords = [
  "Are you there?",
  "I am.",
  "I was about to say",
  "Take your time",
  "that the zip is broken",
];

async function sorted(who: { conversation(): Promise<string[]> }): Promise<string[]> {
  return (await who.conversation()).sort((one, other) => one.localeCompare(other));
}

story(
  "the server dies after it has kept a message and before it has said so",
  async ({ people, agent, server, wire }) => {
    const visitor = await people.visitor({ proxy: { server: wire.proxy, bypass: "<-loopback>" } });
    await visitor.visits();
    await visitor.opensChat();
    await visitor.writes("First");
    await visitor.reads("Sent");
    await agent.opens("First");

    wire.swallowAnswers();
    await visitor.writes("Kept, and nobody told the writer");
    await agent.sees("Kept, and nobody told the writer");
    await visitor.reads("Sending");
    await server.kill();
    wire.deliverAnswers();
    await server.startAgain();

    await visitor.noLongerReads("Sending");
    await visitor.writes("Last");
    await agent.sees("Last");
    await visitor.reads("Seen");
    const everything = ["First", "Kept, and nobody told the writer", "Last"];
    expect(await visitor.conversation()).toEqual(everything);
    expect(await agent.conversation()).toEqual(everything);
    await visitor.page.reload();
    await visitor.sees("Last");
    expect(await visitor.conversation()).toEqual(everything);
  },
);
