import { makeAdministrator, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { offerTo, settings } from "./harness/offers.ts";
import { story } from "./harness/story.ts";
import { visible } from "./harness/waiting.ts";

const OUT = "/tmp/kith/9/n1pics";

story("pictures", { timeout: 400_000 }, async ({ server, people }) => {
  await makeAdministrator(server, "ana");
  const program = await Program.of(server);
  const queue = (await program.post("/v1/routing/queues", { name: "Orders and returns", priority: 10 })).data.id;
  const users = await program.get("/v1/users?userType=user&page=1&pageSize=100");
  const ids = users.data.map(({ id }: { id: string }) => id);
  await program.post("/v1/teams", { name: "Ropes", members: ids.slice(1, 2) });
  await program.post("/v1/routing/queue-rules", { name: "About tents", queue, criteria: { and: [{ message_body: { contains: "tent" } }] } });
  await settings(server, { acceptance: "auto", wrapUpSeconds: 0 });
  const ana = await people.agent("ana");
  const { page } = ana;
  const first = await people.visitor();
  await first.visits();
  await first.opensChat();
  await first.writes("Will the tent arrive before Saturday?");
  await ana.opens("Will the tent arrive");
  const sizes = [[1280, 720, "light"], [1280, 720, "dark"], [390, 844, "light"], [390, 844, "dark"]] as const;
  const shoot = async (name: string, before: (w: number) => Promise<void>, after = async () => {}) => {
    for (const [width, height, scheme] of sizes) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme });
      await before(width);
      await page.waitForTimeout(500);
      if (scheme === "light") console.log("AXE", name, width, JSON.stringify(await violations(page)));
      await page.screenshot({ path: `${OUT}/${name}-${width}-${scheme}.png` });
      await after();
      await page.waitForTimeout(250);
    }
  };
  const escape = async () => page.keyboard.press("Escape");
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.keyboard.press("h");
  await page.keyboard.type("Ropes");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Knows tents");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(1500);
  await shoot("handed", async () => {});
  await page.setViewportSize({ width: 1280, height: 720 });
  await shoot("why-handed", async () => page.keyboard.press("w"), escape);
  await settings(server, { acceptance: "manual", acceptTimeoutSeconds: 600, wrapUpSeconds: 0 });
  const offers = ["Which stove burns wood?", "Is the rope dynamic?"];
  for (const words of offers) {
    const visitor = await people.visitor();
    await visitor.visits();
    await visitor.opensChat();
    await visitor.writes(words);
    await visible(offerTo(ana, words));
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto(`${server.url}/#/settings/routing/skills`);
  await shoot("skill-offer", async () => {
    await page.goto(`${server.url}/#/settings/routing/skills`);
    await page.getByRole("button", { name: "Add skill" }).first().click();
  }, escape);
  await shoot("attr-offer", async () => {
    await page.goto(`${server.url}/#/settings/attributes`);
    await page.getByRole("button", { name: /Add/ }).first().click();
  }, escape);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto(`${server.url}/#/settings/routing/rules/new`);
  await page.getByLabel("Name").first().fill("Tents");
  await shoot("leave", async (w) => {
    if (w > 1000) await page.getByRole("link", { name: "Service levels" }).click();
    else await page.getByRole("button", { name: "Back" }).click();
  }, escape);
  console.log("PLACE", page.url(), await page.getByLabel("Name").first().inputValue());
  // Keyboard: tab from the dialog to the offer
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole("link", { name: "Service levels" }).click();
  await page.waitForTimeout(300);
  const seen: string[] = [];
  for (let index = 0; index < 7; index += 1) {
    seen.push(await page.evaluate(() => document.activeElement?.textContent ?? ""));
    await page.keyboard.press("Tab");
  }
  console.log("TABS", JSON.stringify(seen));
  await page.getByRole("button", { name: /^Accept/ }).first().click();
  await page.waitForTimeout(600);
  await page.screenshot({ path: `${OUT}/accepted.png` });
  await page.getByRole("button", { name: "Discard it" }).click();
  await page.waitForTimeout(600);
  console.log("PLACE", page.url());
  await page.screenshot({ path: `${OUT}/discarded.png` });
});
