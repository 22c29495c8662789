import { expect } from "vitest";

import { makeAdministrator, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { settings } from "./harness/offers.ts";
import { story } from "./harness/story.ts";
import { gone, hasFocus, visible } from "./harness/waiting.ts";

story(
  "an agent wishes for a colleague and a skill by keyboard, and every window knows",
  async ({ server, people, visitor }) => {
    await settings(server, { acceptance: "auto", wrapUpSeconds: 0 });
    await makeAdministrator(server, "ana");
    const ana = await people.agent("ana");
    await (await Program.of(server)).post("/v1/routing/skills", { name: "Tents", key: "tents" });
    await visitor.opensChat();
    await visitor.writes("The inner tent leaks");
    await ana.opens("The inner tent leaks");
    const window = await ana.page.context().newPage();
    await window.goto(ana.page.url());
    await visible(window.getByRole("heading", { level: 1 }));

    await ana.page.keyboard.press("p");
    const wishes = ana.page.getByRole("dialog", { name: "Preferred agent and skills" });
    await visible(wishes.getByRole("option", { name: "Tents" }));
    expect(await hasFocus(wishes.getByRole("combobox"))).toBe(true);
    expect(await violations(ana.page)).toEqual([]);
    await ana.page.keyboard.type("tents");
    await ana.page.keyboard.press("Enter");
    await ana.page.keyboard.type("ben");
    await ana.page.keyboard.press("Enter");
    await ana.page.keyboard.press("Escape");

    await gone(wishes);
    const fact = { name: "Preferred agent and skills: Ben Ojo, Tents" } as const;
    await visible(ana.page.getByRole("button", fact));
    await visible(window.getByRole("button", fact));
    await window.keyboard.press("w");
    const why = window.getByRole("dialog", { name: "Why is it here?" });
    await visible(why.getByText("Ben Ojo was wished for by hand"));
    await visible(why.getByText("Asks for tents, by hand"));

    await ana.page.keyboard.press("z");
    await gone(why.getByText("Ben Ojo was wished for by hand"));
  },
);

story(
  "an answered chat that its visitor ends is done; what was not answered stays to be read",
  async ({ server, people, agent: ana, visitor }) => {
    await settings(server, { acceptance: "auto", wrapUpSeconds: 0 });
    await visitor.opensChat();
    await visitor.writes("Do you have gift cards?");
    await ana.opens("Do you have gift cards?");
    await ana.answers("We do, from ten pounds on.");
    await visitor.reads("We do, from ten pounds on.");
    await visitor.ends();
    await ana.goesTo("My work");
    await ana.noLongerHas("We do, from ten pounds on.");

    await ana.becomes("Busy");
    const another = await people.visitor();
    await another.visits();
    await another.opensChat();
    await another.writes("Is anybody there?");
    await ana.goesTo("Unassigned");
    await ana.has("Is anybody there?");
    await another.ends();
    await ana.opens("Is anybody there?");
    await visible(ana.page.getByText("Ended unanswered", { exact: true }));
    expect(await violations(ana.page)).toEqual([]);
    await ana.marksDone();
    await ana.noLongerHas("Is anybody there?");
  },
);
