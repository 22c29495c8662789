import { text } from "node:stream/consumers";
import { expect } from "vitest";

import { makeAdministrator, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { PHONE } from "./harness/browser.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

const FILE = [
  "Customer ID,Full name,E-mail,Works at,Notes",
  "T-1,Ines Duarte,ines@tidewater.example,Tidewater Kayaks,met in Porto",
  "T-2,Oskar Lind,not an address,,",
  "T-3,Priya Raman,priya@tidewater.example,Tidewater Kayaks,",
  "T-1,Ines Duarte,ines.duarte@home.example,,",
].join("\n");

const PRIYA = "/v1/search?q=priya%40tidewater.example&types=customer";

function csv(name: string, text: string) {
  return { name, mimeType: "text/csv", buffer: Buffer.from(text) };
}

story(
  "an administrator brings customers along, mends what was refused, and takes it all back",
  async ({ server, people }) => {
    await makeAdministrator(server, "ana");
    const ana = await people.agent("ana");
    const { page } = ana;
    const program = await Program.of(server);

    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: /^Import customers/ }).click();
    await page.getByRole("heading", { name: "Import customers", level: 1 }).waitFor();
    await page.locator("input[type=file]").setInputFiles(csv("list.xlsx", "PK"));
    await visible(page.getByText(/^list.xlsx is no CSV file/));
    expect(await violations(page)).toEqual([]);
    await page.locator("input[type=file]").setInputFiles(csv("tidewater.csv", FILE));

    const preview = page.getByRole("list", { name: "First rows" });
    await visible(preview.getByText("Row 3"));
    await visible(preview.getByText("E-mail: This is not an e-mail address."));
    expect(await page.getByRole("combobox", { name: "Full name becomes" }).inputValue()).toBe("name");
    await page.getByRole("combobox", { name: "Works at becomes" }).selectOption({ label: "Company" });
    await visible(preview.getByText(/Tidewater Kayaks/));
    const whole = page.getByRole("region", { name: "The whole file" });
    await visible(whole.getByText("2 new · 1 updated · 1 with an error"));
    await visible(whole.getByText("Nothing was changed yet.", { exact: false }));
    const changed = whole.getByRole("list", { name: "Customers who would be changed" });
    await visible(changed.getByText("After row 2, which is about the same customer"));
    await whole.getByRole("button", { name: "New (2)" }).click();
    await visible(whole.getByRole("list", { name: "Customers who would be new" }).getByText("Priya Raman"));
    expect((await program.get(PRIYA)).data).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await whole.getByRole("button", { name: "Refused (1)" }).click();
    await visible(whole.getByText("Oskar Lind"));
    await visible(whole.getByText(/The file says “not an address”/));
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Import 3 rows" }).click();

    await visible(page.getByText("“tidewater.csv” is imported"));
    await visible(page.getByText("Every row was read.", { exact: false }));
    expect((await program.get(PRIYA)).data).toHaveLength(1);
    await page.getByRole("button", { name: "Show Updated" }).click();
    await visible(page.getByRole("link", { name: "Ines Duarte" }));
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download these rows" }).click();
    const refused = await text(await (await download).createReadStream());
    expect(refused).not.toContain("T-3");
    expect(await violations(page)).toEqual([]);

    await page.getByRole("button", { name: "Back" }).click();
    const mended = refused.replace("not an address", "oskar@tidewater.example");
    await page.locator("input[type=file]").setInputFiles(csv("mended.csv", mended));
    await visible(preview.getByText("Oskar Lind"));
    await page.getByRole("button", { name: "Import 1 row" }).click();
    await visible(page.getByText("“mended.csv” is imported"));
    await gone(page.getByRole("link", { name: "Download these rows" }));

    await page.getByRole("button", { name: "Back" }).click();
    await page.getByRole("link", { name: /tidewater\.csv.*Done/ }).click();
    await page.getByRole("button", { name: "Undo this import" }).click();
    const sheet = page.getByRole("dialog");
    await visible(sheet.getByText(/Customers whom it made \(2\)/));
    expect(await violations(page)).toEqual([]);
    await sheet.getByRole("button", { name: "Undo this import" }).click();
    await visible(page.getByText("“tidewater.csv” is taken back"));
    expect((await program.get(PRIYA)).data).toEqual([]);
    await visible(page.getByText("Updates of new customers"));
    await visible(page.getByRole("link", { name: "Download these rows" }));

    await page.getByRole("button", { name: "Back" }).click();
    await visible(page.getByRole("link", { name: /tidewater\.csv.*Taken back/ }));
  },
);

story(
  "a draft is discarded, and its columns are guessed by what they are called",
  async ({ server, people }) => {
    await makeAdministrator(server, "ana");
    const { page } = await people.agent("ana");
    await page.evaluate(() => {
      location.hash = "#/settings/imports";
    });
    const columns = "Customer No,Customer since,Name\nT-1,2020-01-01,Ines\n";
    await page.locator("input[type=file]").setInputFiles(csv("unwanted.csv", columns));

    const becomes = (name: string) => page.getByRole("combobox", { name: `${name} becomes`, exact: true });
    expect(await becomes("Customer No").inputValue()).toBe("externalId");
    expect(await becomes("Customer since").inputValue()).toBe("createdAt");
    await page.getByRole("button", { name: "Discard" }).click();

    await visible(page.getByText("“unwanted.csv” is discarded"));
    await gone(page.getByRole("link", { name: /unwanted\.csv/ }));
  },
);

story("columns are chosen by keyboard, and on a phone", async ({ server, people }) => {
  await makeAdministrator(server, "ben");
  const ben = await people.agent("ben", PHONE);
  const { page } = ben;
  await page.evaluate(() => {
    location.hash = "#/settings/imports";
  });
  await page.locator("input[type=file]").setInputFiles(csv("phone.csv", "A,B\nLena,Moss\n"));

  await visible(page.getByText("Say what at least one column is", { exact: false }));
  const first = page.getByRole("combobox", { name: "A becomes" });
  await first.focus();
  await page.keyboard.type("First name");
  await page.keyboard.press("Tab");
  await page.keyboard.type("First name");
  await visible(page.getByText("Another column is this too. A customer has one.").first());
  expect(await page.getByRole("button", { name: "Import 1 row" }).isDisabled()).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("combobox", { name: "B becomes" }).selectOption({ label: "Last name" });
  await gone(page.getByText("Another column is this too. A customer has one.").first());

  await visible(page.getByRole("list", { name: "First rows" }).getByText("Lena Moss"));
  expect(await violations(page)).toEqual([]);
});
