import { makeAdministrator, Program } from "./harness/administrator.ts";
import { asksFor } from "./harness/criteria.ts";
import { story } from "./harness/story.ts";

const OUT = "/tmp/kith/8/A-pics";
story("pictures of choosing", async ({ server, people }) => {
  await makeAdministrator(server, "ana");
  const program = await Program.of(server);
  const properties = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`field${n}Str`, { type: "Str", displayName: `Some field ${n}` }]));
  await program.post("/v1/klasses", { name: "trip", displayName: "Trip", icon: "plane", metadata: { properties: { ...properties, secretStr: { type: "Str", displayName: "Passport", hasSensitiveAttributes: true } } } });
  const { data } = await program.post("/v1/views", {
    name: "Refunds that wait", isShared: true,
    query: { and: [{ conversation_status: { in: ["open"] } }, { kobject_custom_order_statusStr: { in: ["Refunded"] } }, { kobject_custom_trip_field1Str: { equals: "x" } }, { kobject_custom_order_placedAt: { gt: "2026-11-01" } }, { kobject_custom_trip_secretStr: { equals: "AB" } }] },
  });
  await program.put("/v1/metadata/trip", { properties: { field1Str: null } }).catch(() => program.put("/v1/klasses/trip", { metadata: { properties: { field1Str: null } } }));
  const { page } = await people.agent("ana");
  const ben = await people.agent("ben");
  for (const one of [page, ben.page]) await one.goto(`${server.url}/#/views/${data.id}`);
  for (const [width, height, size] of [[1280, 720, "desk"], [390, 844, "phone"]] as const)
    for (const colorScheme of ["light", "dark"] as const) {
      for (const [one, who] of [[page, "ana"], [ben.page, "ben"]] as const) {
        await one.setViewportSize({ width, height });
        await one.emulateMedia({ colorScheme });
        await one.getByRole("button", { name: /^Edit the view/ }).click();
        await one.getByText(/not there any more/).waitFor();
        await one.screenshot({ path: `${OUT}/view-${size}-${colorScheme}-${who}.png` });
        if (who === "ana") {
          await one.getByRole("button", { name: "Add a condition" }).click();
          await one.getByRole("combobox", { name: "What" }).fill("trip");
          await one.waitForTimeout(400);
          await one.screenshot({ path: `${OUT}/pick-${size}-${colorScheme}.png` });
          await one.getByRole("combobox", { name: "What" }).fill("");
          await one.waitForTimeout(200);
          await one.screenshot({ path: `${OUT}/pickall-${size}-${colorScheme}.png` });
          await one.keyboard.press("Escape");
          await one.waitForTimeout(200);
          const open = await one.getByRole("dialog").count();
          console.log("dialogs after escape", open);
        }
        await one.getByRole("button", { name: "Cancel" }).click();
      }
    }
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto(`${server.url}/#/settings/routing/rules`);
  await page.getByRole("button", { name: "Add rule" }).click();
  await asksFor(page, "order status");
  await page.getByRole("button", { name: "Refunded", exact: true }).click();
  await asksFor(page, "order total");
  await page.screenshot({ path: `${OUT}/rule-desk.png`, fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: `${OUT}/rule-phone.png`, fullPage: true });
});
