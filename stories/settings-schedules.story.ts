import type { Page } from "playwright-core";
import { expect } from "vitest";
import { makeAdministrator, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { PHONE } from "./harness/browser.ts";
import { story } from "./harness/story.ts";
import { visible } from "./harness/waiting.ts";

story(
  "an administrator says when people are at work, on a desk and on a phone",
  async ({ server, people }) => {
    await makeAdministrator(server, "ana");
    const { page } = await people.agent("ana");
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: /^Business hours/ }).click();
    await page.getByRole("button", { name: "New schedule" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Workshop");
    await page.getByRole("button", { name: /^Time zone/ }).click();
    await page.getByRole("combobox", { name: "Time zone" }).fill("berlin");
    await page.keyboard.press("Enter");

    await page.getByRole("button", { name: "Day and night" }).click();
    await visible(page.getByText(/^Now .* in Europe\/Berlin · never closes$/));
    await page.getByRole("button", { name: "Weekdays 9 to 5" }).click();
    await draws(page, "Saturday 10:00", "Saturday 13:30");
    await page.getByRole("gridcell", { name: /^Monday 09:00/ }).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowRight");
    await visible(page.getByText("43 hours a week"));
    await page.getByRole("combobox", { name: "Country" }).selectOption({ label: "Germany" });
    await page.getByRole("combobox", { name: "Part of the country" }).selectOption({ label: "Bayern" });
    await visible(page.getByText("Epiphany"));
    await page.getByRole("button", { name: "Open anyway on Epiphany" }).click();
    await visible(page.getByRole("textbox", { name: "What it is" }));
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Save", exact: true }).click();

    const row = page.getByRole("link", { name: /^Workshop/ });
    await visible(row.getByText("Default"));
    const kept = (await (await Program.of(server)).get("/v1/schedules/default")).data.attributes;
    expect(kept).toMatchObject({
      name: "Workshop",
      timezone: "Europe/Berlin",
      hours: { 1: [[600, 1_020]], 5: [[540, 1_020]], 6: [[600, 840]] },
      holidays: { country: "DE", subdivision: "BY" },
      dates: [{ name: "Epiphany" }],
    });

    const phone = await people.agent("ana", PHONE);
    await phone.page.goto(`${server.url}/#/settings/schedules`);
    await phone.page.getByRole("link", { name: /^Workshop/ }).tap();
    await phone.page.getByRole("button", { name: /^Saturday.*Set exact times$/ }).tap();
    await phone.page
      .getByRole("group", { name: "Exact times on Saturday" })
      .getByLabel("Until")
      .fill("15:20");
    expect(await isWiderThanItsScreen(phone.page)).toBe(false);
    expect(await violations(phone.page)).toEqual([]);
    await phone.page.getByRole("button", { name: "Save", exact: true }).tap();
    await visible(phone.page.getByText("Workshop was saved"));
    await row.click();
    await visible(page.getByRole("button", { name: /^Saturday\s*10:00–15:20/ }));
  },
);

story(
  "a visitor reads until when somebody is there, and what to expect while nobody is",
  async ({ server, people }) => {
    const program = await Program.of(server);
    const hours = Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((day) => [day, [[0, 1_439]]]));
    const shop = { name: "Shop", timezone: "UTC", hours, default: true };
    const { id } = (await program.post("/v1/schedules", shop)).data;
    const offhours = { offhoursDisplay: "offline", offhoursMessage: "We are asleep." };
    await program.put("/v1/chat/settings", offhours);
    const early = await people.visitor();
    await early.visits();
    await early.opensChat();
    await visible(early.panel.getByText(/^Open until /));
    expect(await early.panel.getByText("We are asleep.").count()).toBe(0);

    const someday = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const dates = [{ date: someday, name: "Sale", hours: [[540, 600]] }];
    await program.put(`/v1/schedules/${id}`, { hours: {}, dates });

    const late = await people.visitor();
    await late.visits();
    await late.opensChat();
    await visible(late.panel.getByText(/^Closed, opens /));
    await visible(late.panel.getByText("We are asleep."));
    expect(await violations(late.page)).toEqual([]);
  },
);

/** From the middle of one half hour to that of another. */
async function draws(page: Page, from: string, to: string): Promise<void> {
  const middle = async (name: string) => {
    const box = await page.getByRole("gridcell", { name: new RegExp(`^${name}`) }).boundingBox();
    return [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2] as const;
  };
  await page.mouse.move(...(await middle(from)));
  await page.mouse.down();
  await page.mouse.move(...(await middle(to)), { steps: 6 });
  await page.mouse.up();
}

async function isWiderThanItsScreen(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
}
