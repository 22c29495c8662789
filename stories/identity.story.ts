import { createHmac } from "node:crypto";
import type { Page } from "playwright-core";
import { expect } from "vitest";

import type { Server } from "./harness/server.ts";
import { pageWithChat } from "./harness/site.ts";
import { story } from "./harness/story.ts";
import { visible } from "./harness/waiting.ts";

const SETTINGS = "/v1/auth/customer/settings";

/** The company's own server, with an administrator's key. */
class Company {
  readonly #server: Server;
  readonly #key: string;
  secret = "";

  private constructor(server: Server, key: string) {
    this.#server = server;
    this.#key = key;
  }

  static async of(server: Server): Promise<Company> {
    const company = new Company(server, await server.programKey());
    company.secret = (await company.asks("GET", SETTINGS)).secret;
    return company;
  }

  // biome-ignore lint/suspicious/noExplicitAny: each path answers with attributes of its own.
  async asks(method: string, path: string, body?: object): Promise<any> {
    const response = await fetch(this.#server.url + path, {
      method,
      headers: { Authorization: `Bearer ${this.#key}`, "Content-Type": "application/json" },
      body: JSON.stringify(body) ?? null,
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    const { data } = await response.json();
    return Array.isArray(data) ? data : data.attributes;
  }

  signs(claims: object, secret = this.secret): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
    return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
  }
}

interface Answer {
  response?: Record<string, unknown>;
  error?: { status?: number; code?: string };
}

/** What the page is told when it calls the chat. */
function calls(page: Page, name: string, argument?: unknown): Promise<Answer> {
  return page.evaluate(
    ([called, given]) =>
      new Promise<Answer>((resolve) => {
        const { Kustomer } = window as unknown as Record<
          string,
          Record<string, (...args: unknown[]) => void>
        >;
        const done = (response: unknown, error: unknown) =>
          resolve(JSON.parse(JSON.stringify({ response, error })));
        Kustomer?.[called as string]?.(...(given === undefined ? [done] : [given, done]));
      }),
    [name, argument] as const,
  );
}

const now = () => Math.floor(Date.now() / 1000);

story(
  "T16: what an old page says with identify is shown as said, is no error, and logs nobody in",
  async ({ visitor, agent }) => {
    const who = { userId: "u-77", name: "Ines Prado", email: "ines@example.com", nothing: null };
    const saying = calls(visitor.page, "identify", who);
    await visitor.opensChat();
    await visitor.writes("Do you know me?");
    expect((await saying).error).toBeUndefined();

    await agent.opens("Do you know me?");
    await agent.reads("Anonymous visitor");
    await agent.reads("ines@example.com");
    await agent.reads("u-77");
    expect((await calls(visitor.page, "isLoggedIn")).response).toBe(false);
  },
);

story(
  "T18: one who logs in on a browser that was never logged out finds nothing of the one before",
  async ({ visitor, agent, server }) => {
    const company = await Company.of(server);
    const ada = company.signs({ externalId: "a-1", name: "Ada Brandt", iat: now() });
    const eva = company.signs({ externalId: "e-2", name: "Eva Lund", iat: now() });
    await calls(visitor.page, "identify", ada);
    await visitor.opensChat();
    await visitor.writes("This is for Ada alone");
    await visitor.reads("Sent");
    await visitor.types("Half a sentence of Ada");

    expect((await calls(visitor.page, "login", { jwtToken: eva })).response?.anotherPerson).toBe(true);

    await visitor.noLongerReads("This is for Ada alone");
    expect(await visitor.everything()).not.toContain("Ada");
    expect(await visitor.storedText()).not.toContain("Ada");
    await visitor.writes("And this is Eva");
    await agent.opens("And this is Eva");
    await expect.poll(() => agent.customerName()).toBe("Eva Lund");
  },
);

story(
  "T18: a page that logs out and goes on at once leaves a dead token behind, in every tab",
  async ({ visitor, server }) => {
    const company = await Company.of(server);
    await calls(visitor.page, "login", {
      jwtToken: company.signs({ externalId: "o-1", name: "Ona Mir", iat: now() }),
    });
    await visitor.opensChat();
    await visitor.writes("Before I go");
    await visitor.reads("Sent");
    const other = await visitor.anotherTab();
    await other.visits("p/flask");
    await other.opensChat();
    await other.sees("Before I go");
    const token = await visitor.page.evaluate(() => localStorage.getItem("kithdesk-identity"));
    const isAlive = async () => {
      const headers = { Authorization: `Bearer ${token}` };
      return (await fetch(`${server.url}/c/v1/tracking/tokens/current`, { headers })).ok;
    };
    expect(await isAlive()).toBe(true);

    await visitor.page.evaluate((next) => {
      (window as unknown as { Kustomer: { logout(): void } }).Kustomer.logout();
      location.href = next;
    }, `${server.shop}p/mug`);

    await expect.poll(isAlive).toBe(false);
    await other.noLongerReads("Before I go");
    expect(await other.storedText()).not.toContain("kithdesk-identity");
  },
);

story(
  "T16: once somebody signed in writes in a conversation, a browser that never signed in has no part in it",
  async ({ visitor, people, server }) => {
    const company = await Company.of(server);
    await visitor.opensChat();
    await visitor.writes("Where is my parcel?");
    await visitor.reads("Sent");
    const [anonymous] = await company.asks("GET", "/v1/customers?pageSize=1");
    const laptop = await people.visitor();
    await laptop.visits();
    const ida = { externalId: "i-1", name: "Ida Lantern" };
    const signedIn = await calls(laptop.page, "login", { jwtToken: company.signs({ ...ida, iat: now() }) });
    const target = signedIn.response?.customerId;
    await company.asks("POST", "/v1/customers/merges", { source: anonymous.id, target });

    await laptop.opensChat();
    await laptop.sees("Where is my parcel?");
    await laptop.writes("My door code is 4711");
    await laptop.reads("Sent");

    await visitor.reads("This conversation goes on elsewhere. Sign in to follow it.");
    expect(await visitor.everything()).not.toContain("4711");
    await visible(visitor.panel.getByRole("button", { name: "Start a new conversation" }));

    await calls(visitor.page, "login", { jwtToken: company.signs({ ...ida, iat: now() + 1 }) });
    await visitor.reads("My door code is 4711");
  },
);

story(
  "T81: how somebody came stays in the tab until they write, also from a tab opened beside it",
  async ({ people, server, site, agent }) => {
    const company = await Company.of(server);
    const embed = await server.embed();
    const inside = site.page("/tents", pageWithChat(embed, { title: "Tents" }));
    const link = `<a href="${inside}" target="_blank" rel="noopener">Tents</a>`;
    const landing = site.page("/", pageWithChat(embed, { title: "Spring", body: link }));
    const campaign = `${landing}?utm_source=news&utm_campaign=spring&session=S3CR3T`;
    const search = site.page("/find", `<a href="${campaign}">Result</a>`, "search.localhost");
    const visitor = await people.visitor();
    await visitor.page.goto(search);
    await visitor.page.getByText("Result").click();
    await visitor.page.waitForFunction(() => sessionStorage.getItem("kithdesk-path"));

    const opened = visitor.page.context().waitForEvent("page");
    await visitor.page.getByText("Tents").click();
    const beside = visitor.inTab(await opened);
    await beside.page.waitForFunction(() => sessionStorage.getItem("kithdesk-path")?.includes("spring"));
    await beside.opensChat();
    await beside.writes("I came from a search");
    await agent.opens("I came from a search");

    const [customer] = await company.asks("GET", "/v1/customers?pageSize=1");
    const [visit] = await company.asks("GET", `/v1/customers/${customer.id}/sessions`);
    expect(visit.attributes).toMatchObject({
      utm: { source: "news", campaign: "spring" },
      referrer: `${new URL(search).origin}/`,
      landingPage: { url: landing },
      lastPage: { url: inside, title: "Tents" },
      pageCount: 2,
      isActive: true,
    });
    expect(await agent.everything()).not.toContain("S3CR3T");
  },
);

// Moves the clock that all stories here share, so it is the last.
story(
  "a company changes its secret without a gap: both log in while they overlap, and who is in stays in",
  async ({ people, server }) => {
    const company = await Company.of(server);
    const shopper = async () => {
      const one = await people.visitor();
      await one.visits();
      return one.page;
    };
    const [early, between, late, last] = [await shopper(), await shopper(), await shopper(), await shopper()];
    const older = company.secret;
    await calls(early, "login", { jwtToken: company.signs({ externalId: "e-1", iat: now() }) });

    company.secret = (await company.asks("POST", `${SETTINGS}/rotate`, { overlapHours: 1 })).secret;
    const withOlder = company.signs({ externalId: "b-1", iat: now() }, older);
    expect((await calls(between, "login", { jwtToken: withOlder })).response?.identified).toBe(true);
    const withNewer = company.signs({ externalId: "l-1", iat: now() });
    expect((await calls(late, "login", { jwtToken: withNewer })).response?.identified).toBe(true);

    await server.advance({ hours: 1 });
    const afterwards = now() + 3600;
    const tooLate = company.signs({ externalId: "t-1", iat: afterwards }, older);
    const refused = await calls(last, "login", { jwtToken: tooLate });
    expect(refused.error).toMatchObject({ status: 401, code: "identity_refused" });
    const verdict = await company.asks("POST", "/v1/auth/customer/debug", { token: tooLate });
    expect(verdict).toMatchObject({ accepted: false, reason: "secret_ended", claims: { externalId: "t-1" } });
    expect((await calls(early, "isLoggedIn", { externalId: "e-1" })).response).toBe(true);
    expect((await calls(early, "isLoggedIn", { externalId: "l-1" })).response).toBe(false);
  },
);
