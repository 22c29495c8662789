import { expect } from "vitest";

import { pageWithChat } from "./harness/site.ts";
import { story } from "./harness/story.ts";

const MARKUP = `<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>`;

/** What a frame of an advertiser might try: on the page as if it were the chat, on the chat as if it were the page. */
const FORGER = `<script>
  const told = [];
  addEventListener("message", ({ data, source }) => source !== window && told.push(data));
  const asPanel = [
    { kithdesk: "token", request: 1, refused: false }, { kithdesk: "token", request: 1, refused: true }, { kithdesk: "close" },
    { kithdesk: "note", name: "m1", value: '{"id":"m1","conversation":null,"newConversation":"n1","body":"forged","attachments":[],"state":"waiting"}' },
    { kithdesk: "ready" },
  ];
  const asPage = [
    { kithdesk: "start", token: "forged", open: true, phone: false, dark: false, lang: "en", options: {}, pages: [], notes: {} },
    { kithdesk: "token", token: "forged", request: 0 }, { kithdesk: "token", token: "", request: 1 },
    { kithdesk: "call", id: 1, name: "createConversation", args: { message: "forged" } },
    { kithdesk: "state", open: false, phone: false, dark: false },
  ];
  function forge() {
    for (const message of asPanel) parent.postMessage(message, "*");
    for (let index = 0; index < parent.frames.length; index += 1)
      for (const message of asPage) parent.frames[index].postMessage(message, "*");
  }
</script>`;

story(
  "T20: what another frame on the page says in the chat's name is not heard, nor is it told anything",
  async ({ visitor, agent, server, site }) => {
    const forger = site.page("/forger", FORGER, "advertiser.localhost");
    const body = `<iframe title="forger" src="${forger}"></iframe>`;
    await visitor.visits(site.page("/shop", pageWithChat(await server.embed(), { body })));
    const frame = visitor.page.frames().find((one) => one.url() === forger);
    await visitor.opensChat();

    await frame?.evaluate("forge()");
    await visitor.writes("Only I write here");
    await visitor.reads("Sent");
    await frame?.evaluate("forge()");
    await agent.opens("Only I write here");
    await agent.answers("Only you.");
    await visitor.sees("Only you.");

    await visitor.seesChat();
    expect(await visitor.conversation()).toEqual(["Only I write here", "Only you."]);
    expect(await frame?.evaluate("told")).toEqual([]);
    expect(await visitor.storedText()).not.toContain("forged");
    await visitor.page.reload();
    await visitor.sees("Only you.");
    expect(await visitor.conversation()).toEqual(["Only I write here", "Only you."]);
  },
);

story(
  "T20: what comes through the chat's own window in no shape of ours is not heard",
  async ({ visitor }) => {
    await visitor.opensChat();
    await visitor.writes("Said by me");
    await visitor.reads("Sent");
    const panel = visitor.page.frames().find((one) => one.url().includes("/widget/panel.html"));
    // As an extension of the browser might, which runs in every frame.
    const say = (message: object) => panel?.evaluate((data) => parent.postMessage(data, "*"), message);

    await say({ kithdesk: "close", at: "once" });
    await say({ kithdesk: "note", name: "m1", value: { body: "forged" } });
    await say({ kithdesk: "unread", total: "9", conversations: {}, label: "forged" });
    await say({ kithdesk: ["close"] });
    await visitor.writes("And again by me");
    await visitor.sees("And again by me");

    await visitor.seesChat();
    expect(await visitor.storedText()).not.toMatch(/chat-m1|forged/);
    await say({ kithdesk: "close" });
    await visitor.seesNoChat();
    await visitor.seesOnBubble("Chat");
  },
);

story(
  "T21: markup in messages, titles and names is shown as text",
  async ({ visitor, agent, server, site }) => {
    const harms: string[] = [];
    for (const { page } of [visitor, agent]) page.on("dialog", (dialog) => harms.push(dialog.message()));
    const title = MARKUP.replaceAll("<", "&lt;");
    await visitor.visits(site.page("/markup", pageWithChat(await server.embed(), { title })));
    await visitor.page.evaluate((name) => {
      const { Kithdesk } = window as unknown as { Kithdesk: { describeCustomer(who: object): void } };
      Kithdesk.describeCustomer({
        email: `${name}@example.com`,
        name,
        constructor: name,
        custom: { [name]: name },
      });
    }, MARKUP);
    await visitor.opensChat();
    await visitor.writes(`${MARKUP} is what I see`);
    await visitor.sees(`${MARKUP} is what I see`);
    await visitor.reads("Sent");

    await agent.opens(MARKUP);
    await agent.sees(`${MARKUP} is what I see`);
    await agent.reads("On the site now");
    expect(await agent.customer.innerText()).toContain(`<img src=x onerror="window.harmed=1">`);
    await agent.answers(`Try ${MARKUP} and javascript:alert(1) or https://example.com/"onclick=alert(1)`);
    await visitor.sees("Try <img src=x");
    await agent.notes(MARKUP);
    await agent.sees(MARKUP);
    await agent.changesName(MARKUP);

    for (const frame of [...visitor.page.frames(), ...agent.page.frames()]) {
      expect(await frame.evaluate(() => "harmed" in window)).toBe(false);
      expect(await frame.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
    }
    expect(harms).toEqual([]);
  },
);

story(
  "T20: a page that is not on the list gets no chat, and may not frame it either",
  async ({ visitor, server, site }) => {
    const framed = `<iframe title="framed" src="${server.url}/widget/panel.html?key=${await server.widgetKey()}"></iframe>`;
    const html = pageWithChat(await server.embed(), { body: framed });
    const allowed = site.page("/", html, "shop.localhost");
    await server.allowOnly(new URL(allowed).host);
    await visitor.visits(allowed);
    await visitor.opensChat();
    await visitor.writes("From an allowed page");
    await visitor.reads("Sent");
    expect(await visitor.addressOf("framed")).toContain("/widget/panel.html");

    const refused = visitor.page.waitForResponse(/chat\/settings/);
    await visitor.page.goto(site.page("/", html, "copycat.localhost"));
    expect((await refused).status()).toBe(403);
    expect(await visitor.bubble.count()).toBe(0);
    expect(await visitor.addressOf("framed")).toContain("chrome-error:");
  },
);
