import { expect } from "vitest";

import { overhear } from "./harness/listening.ts";
import { pageWithChat } from "./harness/site.ts";
import { story } from "./harness/story.ts";
import { visible } from "./harness/waiting.ts";

story(
  "T80: somebody who only looks costs two requests, and nothing is kept of them",
  async ({ people, server }) => {
    const agent = await people.agent("ana");
    const before = await agent.countsCustomers();
    const visitor = await people.visitor();
    const asked = visitor.requestsTo(server.url);
    await visitor.visits("p/alder-2");
    await visitor.page.waitForLoadState("networkidle");

    const requests = await asked();
    expect(requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      "GET /widget.js",
      "GET /c/v1/chat/settings",
    ]);
    for (const { url, headers } of requests) {
      expect(url + JSON.stringify(headers)).not.toContain("alder-2");
      expect(headers).not.toHaveProperty("cookie");
      expect(headers).not.toHaveProperty("authorization");
    }
    expect(await visitor.page.context().cookies()).toEqual([]);
    expect(await visitor.page.evaluate(() => [localStorage.length, Object.keys(sessionStorage)])).toEqual([
      0,
      ["kithdesk-path"],
    ]);

    await visitor.opensChat();
    await visitor.closesChat();
    expect(await visitor.page.context().cookies()).toEqual([]);
    expect(await visitor.page.evaluate(() => localStorage.length)).toBe(0);
    expect(await agent.countsCustomers()).toBe(before);

    await visitor.opensChat();
    await visitor.writes("Now I am somebody");
    await visitor.reads("Sent");
    expect(await agent.countsCustomers()).toBe(before + 1);
    expect((await visitor.page.context().cookies()).map(({ name }) => name)).toEqual(["kithdesk-identity"]);
  },
);

story("T80: with Global Privacy Control not even this tab's path is kept", async ({ people, agent }) => {
  const visitor = await people.visitor();
  await visitor.page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true });
  });
  await visitor.visits("p/ember");
  await visitor.visits("p/mug");
  expect(await visitor.page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);

  await visitor.opensChat();
  await visitor.writes("I would rather not say");
  await agent.opens("I would rather not say");
  await agent.reads("/shop/p/mug");
  expect(await agent.customer.innerText()).not.toContain("Ember");
});

story(
  "T80: a page that embeds the chat strictly has nothing kept of it at all",
  async ({ people, server, site }) => {
    const html = pageWithChat(await server.embed("data-kithdesk-strict"), { title: "Boots" });
    const [boots, tents] = [site.page("/boots", html), site.page("/tents", html)];
    const visitor = await people.visitor();
    const asked = visitor.requestsTo(server.url);
    await visitor.visits(boots);
    await visitor.visits(tents);
    await visitor.page.waitForLoadState("networkidle");

    expect(await asked()).toHaveLength(4);
    expect(await visitor.page.context().cookies()).toEqual([]);
    expect(await visitor.page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  },
);

story("T81: what stands behind ? and # in an address stays in the browser", async ({ visitor, agent }) => {
  const said = overhear(visitor.page.context());
  await visitor.visits("p/ember?token=S3CR3T-1#access_token=S3CR3T-2");
  await visitor.visits("p/alder-2?mail=maya@example.com&session=S3CR3T-3");
  await visitor.opensChat();
  await visitor.writes("Did you get my address?");
  await agent.opens("Did you get my address?");
  await visible(agent.customer.getByText(/^Ember/).first());
  await visitor.page.evaluate(() => history.pushState(null, "", "/shop/help?q=S3CR3T-4#S3CR3T-5"));
  await agent.reads("/shop/help");

  const toChat = said();
  expect(toChat).toContain("/shop/help");
  expect(toChat).not.toMatch(/S3CR3T|maya@example/);
  expect(await agent.everything()).not.toMatch(/S3CR3T|maya@example/);
});

story(
  "the browser of these stories gives a frame of another site neither cookies nor storage",
  async ({ people, site }) => {
    const inner = site.page(
      "/inner",
      `<p></p><script>
      document.cookie = "a=1";
      let storage = "storage";
      try { localStorage.a = 1; } catch { storage = "no storage"; }
      document.querySelector("p").textContent = (document.cookie || "no cookie") + ", " + storage;
    </script>`,
      "127.0.0.1",
    );
    const outer = site.page("/outer", `<iframe title="inner" src="${inner}"></iframe>`);
    const { page } = await people.visitor();
    await page.goto(outer);
    await expect
      .poll(() => page.getByTitle("inner").contentFrame().locator("p").textContent())
      .toBe("no cookie, no storage");

    await page.goto(inner);
    await expect.poll(() => page.locator("p").textContent()).toBe("a=1, storage");
  },
);
