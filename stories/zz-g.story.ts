import { makeAdministrator, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { story } from "./harness/story.ts";
import { visible } from "./harness/waiting.ts";

const OUT = "/tmp/kith/9/Gpics";

story("pictures", { timeout: 500_000 }, async ({ server, people, visitor }) => {
  await makeAdministrator(server, "ana");
  const { page } = await people.agent("ana");
  const program = await Program.of(server);
  const sizes = [[1280, 720, "light"], [390, 844, "dark"]] as const;
  const shoot = async (name: string, path: string, before?: () => Promise<void>) => {
    for (const [width, height, scheme] of sizes) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto(`${server.url}/#/settings/${path}`);
      await page.waitForTimeout(900);
      if (before) await before();
      console.log("AXE", name, width, JSON.stringify(await violations(page)));
      await page.screenshot({ path: `${OUT}/${name}-${width}.png` });
      const content = page.locator(".settings__content");
      const rest = await content.evaluate((e) => e.scrollHeight - e.clientHeight);
      if (rest > 100) {
        await content.evaluate((e) => e.scrollTo(0, e.clientHeight - 80));
        await page.waitForTimeout(100);
        await page.screenshot({ path: `${OUT}/${name}-${width}-b.png` });
      }
    }
  };
  await shoot("first-queues", "routing");
  await shoot("first-rules", "routing/rules");
  await shoot("first-teams", "routing/teams");
  await shoot("first-skills", "routing/skills");
  const queues: string[] = [];
  for (const [name, priority] of [["Orders and returns", 10], ["Repairs of very large kettles and other things with long names", 70]] as const)
    queues.push((await program.post("/v1/routing/queues", { name, priority })).data.id);
  await shoot("one-queue", "routing");
  await program.post("/v1/routing/skills", { name: "Mending", key: "mending" });
  await program.post("/v1/routing/skills", { name: "German", key: "lang:de" });
  const users = await program.get("/v1/users?userType=user&page=1&pageSize=100");
  const ids = users.data.map(({ id }) => id);
  const ana = ids[0] as string;
  const one = (await program.post("/v1/teams", { name: "Order desk", members: ids.slice(0, 5) })).data.id;
  const two = (await program.post("/v1/teams", { name: "Kettle workshop", members: ids })).data.id;
  await program.put(`/v1/routing/settings?team=${one}`, { enabled: true, queues: [queues[0]] });
  await program.put(`/v1/routing/settings?team=${two}`, { enabled: true, queues: [queues[0], queues[1]] });
  const rules = [
    ["About orders", queues[0], { and: [{ message_body: { contains: "order" } }] }, {}],
    ["Repairs from Globex, by people who can mend", queues[1], { and: [{ company_name: { prefix: "Globex" } }, { conversation_channels: { in: ["chat"] } }] }, { skills: { mending: 3 }, priority: 5, preferred: ana }],
    ["The rest", queues[0], {}, {}],
    ["Nights", queues[1], { and: [{ message_body: { contains: "night" } }] }, { enabled: false }],
  ] as const;
  for (const [name, queue, criteria, more] of rules)
    await program.post("/v1/routing/queue-rules", { name, queue, criteria, ...more });
  await visitor.opensChat();
  await visitor.writes("Where is my order?");
  await page.waitForTimeout(500);
  await shoot("queues", "routing");
  await shoot("queue", `routing/queues/${queues[1]}`);
  const def = (await program.get("/v1/routing/queues?pageSize=100")).data.find(({ attributes }) => attributes.isDefault);
  await shoot("default", `routing/queues/${def?.id}`);
  await shoot("rules", "routing/rules", async () => {
    const option = page.getByRole("option", { name: /Where is my order/ }).first();
    await option.waitFor({ state: "attached" });
    await page.getByLabel("A recent conversation").selectOption({ label: await option.innerText() });
    await visible(page.getByRole("list", { name: "What the rules say" }));
  });
  await shoot("rule", "routing/rules/new");
  await shoot("teams", "routing/teams");
  await shoot("team", `routing/teams/${two}`);
  await shoot("everybody", "routing/teams/everybody");
  await shoot("skills", "routing/skills");
  await shoot("agent", `people/${ana}`);
  await shoot("in-use", `routing/queues/${queues[1]}`, async () => {
    await page.getByRole("button", { name: "Remove this queue" }).click();
  });
});
