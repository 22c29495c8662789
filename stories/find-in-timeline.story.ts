import { expect } from "vitest";

import { Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

const FILLING = 130;

story(
  "words said long ago and in another conversation are found from where one is, one after the other, and back",
  async ({ server, agent }) => {
    const shop = await Program.of(server);
    const conversation = await aLongPast(shop);
    const { page } = agent;
    await page.goto(`${server.url}/#/inbox/all/${conversation}`);
    const timeline = page.getByRole("region", { name: /^Conversation with / });
    await agent.sees("And a new question about the tarp");

    await page.keyboard.press("f");
    const search = page.getByRole("search");
    await page.keyboard.type("awnings");
    await visible(search.getByText("3 matches"));
    expect(await violations(page)).toEqual([]);

    await page.keyboard.press("Enter");
    await visible(search.getByText("1 of 3"));
    await visible(timeline.getByText("Is the awning mended?"));
    await page.keyboard.press("Enter");
    await visible(search.getByText("2 of 3"));
    await visible(timeline.getByText("Sends us awnings since 2019"));
    await page.keyboard.press("Enter");
    await visible(search.getByText("3 of 3"));
    await visible(timeline.getByText("My awning leaks at the seam"));
    // What lies around it is there too, and what was said today is not.
    await visible(timeline.getByText("Filling 3", { exact: true }));
    await gone(timeline.getByText("And a new question about the tarp"));
    expect(await violations(page)).toEqual([]);

    await page.keyboard.press("Shift+Enter");
    await visible(search.getByText("2 of 3"));
    await search.getByRole("button", { name: "Older match (Enter)" }).click();
    await visible(search.getByText("3 of 3"));

    await page.keyboard.press("Escape");
    await gone(search);
    await visible(timeline.getByText("And a new question about the tarp"));
    await gone(timeline.getByText("My awning leaks at the seam"));
  },
);

story(
  "what nobody said is said to be nowhere, and all customers are one step on",
  async ({ server, agent }) => {
    const shop = await Program.of(server);
    const { data } = await shop.post("/v1/customers", { name: "Oda Lind" });
    const message = { body: "Hello there", direction: "in" };
    const { data: opened } = await shop.post("/v1/conversations", { customer: data.id, message });
    const { page } = agent;
    await page.goto(`${server.url}/#/inbox/all/${opened.id}`);
    await agent.sees("Hello there");

    await page.keyboard.press("f");
    await page.keyboard.type("hammock");

    const search = page.getByRole("search");
    await visible(search.getByText("No match"));
    await visible(search.getByText(/^No message, note or record of this customer/));
    expect(await violations(page)).toEqual([]);
    await search.getByRole("button", { name: "Search all customers" }).click();
    await visible(page.getByText("Nothing matches “hammock”"));
  },
);

/** A conversation that is done, with words in its beginning; and an open one. */
async function aLongPast(shop: Program): Promise<string> {
  const { data } = await shop.post("/v1/customers", { name: "Ines Duarte" });
  const says = (body: string) => ({ customer: data.id, message: { body, direction: "in" } });
  const { data: past } = await shop.post("/v1/conversations", says("My awning leaks at the seam"));
  await shop.post(`/v1/conversations/${past.id}/notes`, { body: "Sends us awnings since 2019" });
  for (let number = 1; number <= FILLING; number += 1) {
    const body = number === FILLING ? "Is the awning mended?" : `Filling ${number}`;
    await shop.post(`/v1/conversations/${past.id}/messages`, { body, direction: "in" });
  }
  await shop.put(`/v1/conversations/${past.id}`, { status: "done" });
  const { data: opened } = await shop.post("/v1/conversations", says("And a new question about the tarp"));
  return opened.id;
}
