import { Program } from "./harness/administrator.ts";
import { newPage, PHONE } from "./harness/browser.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { visible } from "./harness/waiting.ts";

story("pictures", async ({ server }) => {
  const robin = await newPage({});
  await robin.goto(`${server.shop}staff`);
  await visible(robin.getByRole("navigation", { name: "Lists" }));
  const shop = await Program.of(server);
  const { data } = await shop.get("/v1/conversations/externalId=demo-gas");
  const id = (data as any).id;
  const customer = (data as any).relationships.customer.data.id;
  const state = await robin.context().storageState();
  for (const colorScheme of ["light", "dark"] as const)
    for (const size of ["desk", "phone"]) {
      const page = await newPage({ colorScheme, storageState: state, ...(size === "phone" ? PHONE : {}) });
      await page.goto(`${server.url}/#/inbox/done/${id}`);
      await visible(page.getByRole("article").first());
      await page.waitForTimeout(600);
      await page.screenshot({ path: `/tmp/kith/9/pA-${size}-${colorScheme}.png` });
      console.log(size, colorScheme, JSON.stringify(await violations(page)));
      await page.goto(`${server.url}/#/customer/${customer}`);
      await visible(page.getByRole("region", { name: /^Timeline of/ }));
      await page.waitForTimeout(1500);
      await page.getByRole("search").getByRole("combobox").selectOption("Emails");
      await page.waitForTimeout(500);
      const further = page.getByRole("button", { name: "Look further back" });
      for (let n = 0; n < 5 && (await further.isVisible()); n += 1) { await further.click(); await page.waitForTimeout(800); }
      await page.screenshot({ path: `/tmp/kith/9/pB-${size}-${colorScheme}.png` });
      await page.getByRole("search").getByRole("combobox").selectOption("All");
      await page.waitForTimeout(800);
      await page.screenshot({ path: `/tmp/kith/9/pC-${size}-${colorScheme}.png` });
      await page.context().close();
    }
  await robin.context().close();
});
