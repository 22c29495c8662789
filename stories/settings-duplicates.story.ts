import { expect } from "vitest";
import { makeAdministrator, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { PHONE } from "./harness/browser.ts";
import { story } from "./harness/story.ts";
import { gone, visible } from "./harness/waiting.ts";

story(
  "an administrator goes through records that may be one person's: merges two, and tells two apart",
  async ({ server, people }) => {
    await makeAdministrator(server, "ana");
    const shop = await Program.of(server);
    const phone = { sharedPhones: [{ phone: "+442079460958" }] };
    const email = { sharedEmails: [{ email: "home@lantern.example" }] };
    await shop.post("/v1/customers", { name: "Ida Lantern", ...phone, ...email });
    await shop.post("/v1/customers", { name: "I. Lantern", ...phone, ...email });
    await shop.post("/v1/customers", { name: "Tom Lantern", ...phone });
    const { page } = await people.agent("ana", PHONE);
    await page.evaluate(() => {
      location.hash = "#/settings/duplicates";
    });

    const pairs = page.getByRole("list", { name: "Possible duplicates" });
    await visible(pairs.getByText("Both have the e-mail address home@lantern.example."));
    expect(await pairs.getByRole("button", { name: /^Compare .*Lantern/ }).count()).toBe(3);
    expect(await violations(page)).toEqual([]);
    await pairs
      .getByRole("button", { name: /^Two people .*Tom Lantern/ })
      .first()
      .click();
    await visible(page.getByText(/are not suggested again/));
    await pairs
      .getByRole("button", { name: /^Compare .*Ida Lantern and I\. Lantern|^Compare I\. Lantern and Ida/ })
      .click();
    const comparison = page.getByRole("dialog", { name: "Merge two customers" });
    await comparison.getByRole("button", { name: "Merge", exact: true }).click();
    await gone(comparison);

    await gone(page.getByText("Both have the e-mail address home@lantern.example."));
    await gone(page.getByRole("button", { name: /^Compare .*Lantern/ }));
    await page.getByRole("button", { name: "Undo" }).click();
    await visible(page.getByText(/is a customer of their own again/));
    expect(await violations(page)).toEqual([]);
  },
);
