import { makeAdministrator, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { PHONE } from "./harness/browser.ts";
import { story } from "./harness/story.ts";
import { visible } from "./harness/waiting.ts";

story("pictures", async ({ server, people, visitor }) => {
  const OUT = "/tmp/kith/7/Dpics";
  const program = await Program.of(server);
  const { data } = await program.get("/v1/routing/queues?pageSize=100");
  const q = data.find(({ attributes }) => attributes.isDefault === true);
  await program.put(`/v1/routing/queues/${q?.id}`, { overflow: { message: "It takes a while today.", form: true, overWaiting: 1 } });
  const first = await people.visitor();
  await first.visits();
  await first.opensChat();
  await first.writes("Hello, anybody?");
  await visible(first.panel.getByText(/^You are (next|number)/));
  await visitor.opensChat();
  await visitor.writes("Which tent for two?");
  await visible(visitor.panel.getByRole("textbox", { name: "Your e-mail address" }));
  for (const scheme of ["light", "dark"] as const) {
    await visitor.page.emulateMedia({ colorScheme: scheme });
    await visitor.page.screenshot({ path: `${OUT}/widget-${scheme}.png` });
  }
  const phone = await people.visitor(PHONE);
  await phone.visits();
  await phone.opensChat();
  await phone.writes("From a phone");
  await visible(phone.panel.getByRole("textbox", { name: "Your e-mail address" }));
  for (const scheme of ["light", "dark"] as const) {
    await phone.page.emulateMedia({ colorScheme: scheme });
    await phone.page.screenshot({ path: `${OUT}/widget-phone-${scheme}.png` });
  }
  console.log("AXE widget", JSON.stringify(await violations(visitor.page)));
  await makeAdministrator(server, "ana");
  const { page } = await people.agent("ana");
  for (const [name, path] of [["queue", `routing/queues/${q?.id}`], ["rule", "routing/rules/new"], ["everybody", "routing/teams/everybody"]]) {
    await page.goto(`${server.url}/#/settings/${path}`);
    await page.waitForTimeout(1500);
    for (const [size, viewport] of [["desk", { width: 1280, height: 720 }], ["phone", PHONE.viewport]] as const) {
      await page.setViewportSize(viewport);
      for (const scheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.screenshot({ path: `${OUT}/${name}-${size}-${scheme}.png`, fullPage: true });
      }
      console.log("AXE", name, size, JSON.stringify(await violations(page)));
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  }
});
