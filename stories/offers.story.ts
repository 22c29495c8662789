import { expect } from "vitest";

import { Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { askFirst, offerTo, secondsLeft, settings, wrapUpOf } from "./harness/offers.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

story(
  "a reload, and another browser, find what is offered with the seconds that are left",
  async ({ server, people, agent, visitor }) => {
    await askFirst(server, 90);
    await visitor.opensChat();
    await visitor.writes("Can the big kettle be mended?");
    await visible(offerTo(agent, "Can the big kettle be mended?"));

    await server.advance({ seconds: 50 });
    await agent.page.reload();
    const offer = offerTo(agent, "Can the big kettle be mended?");
    await visible(offer);
    expect(await secondsLeft(offer)).toBeLessThanOrEqual(40);
    const elsewhere = await people.atTheDesk("ana");
    const same = offerTo(elsewhere, "Can the big kettle be mended?");
    await visible(same);
    expect(await secondsLeft(same)).toBeLessThanOrEqual(40);
    expect(await violations(elsewhere.page)).toEqual([]);

    await same.getByRole("button", { name: "Accept" }).click();
    await gone(offer);
    await gone(same);
    await visitor.reads("You are talking with Ana Lima");
    await agent.noLongerReads("This conversation is no longer offered to you");
  },
);

story(
  "a wrap-up goes on counting after a reload, in the middle of it",
  async ({ server, agent, visitor }) => {
    await settings(server, { acceptance: "auto", wrapUpSeconds: 600 });
    await agent.page.reload();
    await visitor.opensChat();
    await visitor.writes("Thank you, it pours well again");
    await agent.opens("Thank you, it pours well again");
    await agent.marksDone();
    await visible(wrapUpOf(agent));

    await server.advance({ seconds: 330 });
    await agent.page.reload();
    const wrapUp = wrapUpOf(agent);
    await visible(wrapUp);
    expect(await secondsLeft(wrapUp)).toBeLessThanOrEqual(300);
    await wrapUp.getByRole("button", { name: "Finish" }).click();
    await gone(wrapUp);
    await agent.page.reload();
    await gone(wrapUp);
  },
);

story("of two who press at once one gets it, and the other is told", async ({ server, people, visitor }) => {
  await askFirst(server, 30);
  const ana = await people.agent("ana");
  await visitor.opensChat();
  await visitor.writes("Which lid fits the old pot?");
  const hers = offerTo(ana, "Which lid fits the old pot?");
  await visible(hers);
  const ben = await people.agent("ben");
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await ana.page.route("**/accept", async (route) => {
    await held;
    await route.continue();
  });

  // Her answer is on its way when the time is up, and his arrives first.
  await hers.getByRole("button", { name: "Accept" }).click();
  await server.advance({ seconds: 31 });
  const his = offerTo(ben, "Which lid fits the old pot?");
  await his.getByRole("button", { name: "Accept" }).click();
  await visitor.reads("You are talking with Ben Ojo");
  letGo();

  await ana.reads("This conversation is no longer offered to you");
  expect(await ana.page.locator(".toast--problem").count()).toBe(0);
  expect(await violations(ana.page)).toEqual([]);
  await ana.seesColleague("Ben Ojo", "Available");
  await ana.goesTo("My work");
  await ana.noLongerHas("Which lid fits the old pot?");
  await ben.opens("Which lid fits the old pot?");
});

story(
  "what an agent who is gone was working on goes to who is there",
  async ({ server, people, agent: ana, visitor }) => {
    await settings(server, { acceptance: "auto", wrapUpSeconds: 0 });
    await ana.becomes("Busy");
    await ana.becomes("Available");
    await visitor.opensChat();
    await visitor.writes("The handle came off");
    await ana.opens("The handle came off");
    await visitor.reads("You are talking with Ana Lima");
    const ben = await people.agent("ben");

    await ana.page.close();

    // Half a minute passes before somebody who is not seen is gone: it may have been a tunnel.
    await ben.row("The handle came off").waitFor({ timeout: 90_000 });
    await visitor.reads("You are talking with Ben Ojo");
    await ben.opens("The handle came off");
  },
);

story(
  "the server dies with an offer on the screen, and the offer goes on",
  async ({ server, people, agent: ana, visitor }) => {
    await askFirst(server, 90);
    await visitor.opensChat();
    await visitor.writes("Do you post to Iceland?");
    await visible(offerTo(ana, "Do you post to Iceland?"));

    await server.kill();
    await ana.reads("Reconnecting…");
    await server.startAgain();

    await gone(ana.words("Reconnecting…"));
    await visible(offerTo(ana, "Do you post to Iceland?"));
    const ben = await people.agent("ben");
    await server.advance({ seconds: 91 });
    await visible(offerTo(ben, "Do you post to Iceland?"));
    await gone(offerTo(ana, "Do you post to Iceland?"));
    await ana.reads("You did not answer in time, so conversations go to others until you are back.");
    await offerTo(ben, "Do you post to Iceland?").getByRole("button", { name: "Accept" }).click();
    await visitor.reads("You are talking with Ben Ojo");
  },
);

story(
  "a team's agents hand on where they may, and say why",
  async ({ server, people, agent: ana, visitor }) => {
    await settings(server, { acceptance: "auto", wrapUpSeconds: 0 });
    const program = await Program.of(server);
    await program.post("/v1/routing/queues", { name: "Repairs", key: "repairs" });
    await program.put("/v1/routing/settings", {
      transfers: { toQueues: "any", toTeams: "none", toAgents: "none" },
    });
    await ana.page.reload();
    await ana.becomes("Busy");
    await ana.becomes("Available");
    await visitor.opensChat();
    await visitor.writes("My pot has a hole");
    await ana.opens("My pot has a hole");
    await ana.becomes("Unavailable");

    await ana.page.getByRole("button", { name: "Hand off", exact: true }).click();
    const places = ana.page.getByRole("dialog", { name: "Hand off to" });
    await visible(places.getByText("Your team does not hand on to teams or agents."));
    expect(await places.getByRole("option", { name: "Ben Ojo" }).count()).toBe(0);
    expect(await violations(ana.page)).toEqual([]);
    await places.getByRole("textbox", { name: /^Why/ }).fill("It needs a patch");
    await places.getByRole("option", { name: "Repairs" }).click();

    const ben = await people.agent("ben");
    await ben.opens("My pot has a hole");
    await ben.reads("Ana Lima: “It needs a patch”");
    await program.put("/v1/routing/settings", { transfers: null });
  },
);
