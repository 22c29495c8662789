import type { Page } from "playwright-core";
import { expect } from "vitest";

import type { Agent } from "./harness/agent.ts";
import { violations } from "./harness/axe.ts";
import { PHONE } from "./harness/browser.ts";
import { offerTo, settings, wrapUpOf } from "./harness/offers.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

const WORDS = ["Which stove burns wood?", "Is the rope dynamic?", "Do you hire tents?"];

const DESK = { width: 1280, height: 720 };
const NARROW = { width: 1024, height: 600 };

for (const [where, options, sizes] of [
  ["on a desk and in a narrow window", {}, [NARROW, DESK]],
  ["on a phone", PHONE, [PHONE.viewport]],
] as const) {
  const liesOverNothing = async (page: Page) => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await expect.poll(() => coveredBy(page)).toEqual([]);
    }
  };

  story(
    `offers, wrap-ups and notices take room beside the work and lie over nothing, ${where}`,
    async ({ server, people }) => {
      await settings(server, { acceptance: "auto", wrapUpSeconds: 600 });
      const ana = await people.agent("ana", options);
      const first = await people.visitor();
      await first.visits();
      await first.opensChat();
      await first.writes("Thank you, that was all");
      await ana.opens("Thank you, that was all");
      await ana.marksDone();
      await visible(wrapUpOf(ana));
      await settings(server, { acceptance: "manual", acceptTimeoutSeconds: 600, wrapUpSeconds: 600 });
      for (const words of WORDS) {
        const visitor = await people.visitor();
        await visitor.visits();
        await visitor.opensChat();
        await visitor.writes(words);
        await visible(offerTo(ana, words));
      }
      await liesOverNothing(ana.page);

      for (const words of WORDS.slice(0, 2)) await answersWithButtons(ana, words);
      await liesOverNothing(ana.page);
      expect(await violations(ana.page)).toEqual([]);
      await ana.page.goto(`${server.url}/#/board`);
      await visible(ana.page.getByRole("heading", { name: "Live board" }));
      await visible(offerTo(ana, WORDS[2] ?? ""));
      await liesOverNothing(ana.page);
      // A sheet keeps everything else out of reach, but not what has its time.
      await ana.page.keyboard.press("?");
      const sheet = ana.page.getByRole("dialog", { name: "Keyboard shortcuts" });
      await visible(sheet.getByRole("button", { name: "Accept" }));
      expect(await violations(ana.page)).toEqual([]);
      await answersWithButtons(ana, WORDS[2] ?? "");
      await visible(sheet);
    },
  );
}

async function answersWithButtons(agent: Agent, words: string): Promise<void> {
  const offer = offerTo(agent, words);
  await offer.getByRole("button", { name: "Accept" }).click();
  await gone(offer);
  await visible(agent.page.getByRole("heading", { level: 1 }));
}

/**
 * What the place for what comes up by itself lies over: nothing, for it has its own room inside the window; what is in
 * it can be scrolled to.
 */
function coveredBy(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
    const dock = box(".dock");
    if (dock === undefined || dock.height === 0) return ["there is no dock"];
    const places = [".side", ".list-column", ".conversation", ".customer", ".desk__page", ".composer"];
    const overlaps = places.filter((place) => {
      const other = box(place);
      return (
        other !== undefined &&
        other.width > 0 &&
        Math.min(dock.right, other.right) - Math.max(dock.left, other.left) > 1 &&
        Math.min(dock.bottom, other.bottom) - Math.max(dock.top, other.top) > 1
      );
    });
    const isInside = dock.top >= 0 && dock.bottom <= innerHeight + 1 && dock.right <= innerWidth + 1;
    return isInside ? overlaps : [...overlaps, "the window"];
  });
}
