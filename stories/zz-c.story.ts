import type { Page } from "playwright-core";
import { expect } from "vitest";
import { makeAdministrator, Program } from "./harness/administrator.ts";
import { violations } from "./harness/axe.ts";
import { PHONE } from "./harness/browser.ts";
import { story } from "./harness/story.ts";
import { visible } from "./harness/waiting.ts";

const shot = (page: Page, name: string) => page.screenshot({ path: `/tmp/kith/9/c-${name}.png` });

story("pictures of c", async ({ server, people }) => {
  await makeAdministrator(server, "ana");
  const program = await Program.of(server);
  const agent = await people.agent("ana");
  const { page } = agent;
  const phone = (await people.agent("ana", PHONE)).page;
  const both = async (path: string, name: string, ready: (p: Page) => Promise<void>) => {
    for (const [p, where] of [[page, "desk"], [phone, "phone"]] as const) {
      await p.goto(`${server.url}/#/settings/${path}`);
      await ready(p);
      for (const colorScheme of ["light", "dark"] as const) {
        await p.emulateMedia({ colorScheme });
        await shot(p, `${name}-${where}-${colorScheme}`);
        expect(await violations(p)).toEqual([]);
      }
    }
  };
  await both("slas", "slas-empty", (p) => visible(p.getByText("Nothing is promised yet")));
  const hours = Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((day) => [day, [[0, 1_439]]]));
  const { data: shop } = await program.post("/v1/schedules", { name: "Shop", timezone: "UTC", hours, default: true });
  await program.post("/v1/schedules", { name: "Berlin", timezone: "Europe/Berlin", hours });
  const metrics = { firstResponse: { seconds: 3_600, byPriority: { 5: 300 } }, totalConversationOpenTime: { seconds: 28_800 } };
  const { data: all } = await program.post("/v1/slas", { name: "Everybody", metrics, schedule: shop.id, warnBefore: 600 });
  const criteria = { and: [{ conversation_channels: { in: ["chat"] } }] };
  await program.post("/v1/slas", { name: "Chat", criteria, metrics: { firstResponse: { seconds: 600 } } });
  await both("slas", "slas", (p) => visible(p.getByText(/^Never asked/)));
  await both(`slas/${all.id}`, "sla", (p) => visible(p.getByText(/paused while snoozed/)));
  await both("schedules", "schedules", (p) => visible(p.getByText(/^Now .* in UTC/)));
  await both(`schedules/${shop.id}`, "schedule", (p) => visible(p.getByText(/^This is no place/)));
  await both("simulation", "what-if", async (p) => {
    const when = p.getByLabel("They are there");
    await visible(when);
    await when.selectOption({ label: "In the hours of Berlin" });
    await p.getByLabel("Seconds to accept an offer").scrollIntoViewIfNeeded();
  });
  // Handed on while it is late
  await program.put(`/v1/slas/order`, { slas: (await program.get("/v1/slas")).data.map(({ id }) => id).reverse() });
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(server.url);
  const visitor = await people.visitor();
  await visitor.visits();
  await visitor.opensChat();
  await visitor.writes("Is the Alder 2 warm enough?");
  await agent.opens("Is the Alder 2 warm enough?");
  await server.advance({ minutes: 12 });
  await agent.reads("No first answer in time");
  const { data: queue } = await program.post("/v1/routing/queues", { name: "Returns" });
  const { data: sla } = await program.post("/v1/slas", { name: "Patient", criteria: { and: [{ conversation_queue: { equals: queue.id } }] }, metrics: { firstResponse: { seconds: 14_400 } } });
  const known = (await program.get("/v1/slas")).data.map(({ id }) => id).filter((id) => id !== sla.id);
  await program.put("/v1/slas/order", { slas: [sla.id, ...known] });
  const { data: conversations } = await program.get("/v1/conversations");
  await program.put(`/v1/conversations/${conversations[0]?.id}`, { queue: queue.id });
  await agent.reads("Service level: Patient instead of Chat");
  await page.waitForTimeout(500);
  await shot(page, "handed-late");
  await program.remove(`/v1/slas/${sla.id}`);
  await program.put(`/v1/conversations/${conversations[0]?.id}`, { name: "Warmth", assignedUsers: [] });
  await page.waitForTimeout(2500);
  await shot(page, "handed-back");
});
