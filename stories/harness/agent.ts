import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect } from "vitest";

import { newPage } from "./browser.ts";
import type { ChosenFile } from "./files.ts";
import { AGENTS, type AgentName, PASSWORD } from "./people.ts";
import type { Server } from "./server.ts";
import { drawn, gone, until, visible } from "./waiting.ts";

/** Somebody at the console. */
export class Agent {
  readonly page: Page;
  readonly name: string;
  readonly #email: string;

  private constructor(page: Page, who: AgentName) {
    this.page = page;
    this.name = AGENTS[who].name;
    this.#email = AGENTS[who].email;
  }

  /** Opens the console; to sign in is the next thing to do. */
  static async arrives(server: Server, who: AgentName, options: BrowserContextOptions = {}): Promise<Agent> {
    const agent = new Agent(await newPage(options), who);
    await agent.page.goto(server.url);
    return agent;
  }

  /** Signed in since this morning: the door has stories of its own. */
  static async atTheDesk(
    server: Server,
    who: AgentName,
    options: BrowserContextOptions = {},
  ): Promise<Agent> {
    const agent = new Agent(await newPage(options), who);
    await agent.#isLetIn(server);
    await agent.page.goto(server.url);
    await visible(agent.page.getByRole("navigation", { name: "Lists" }));
    return agent;
  }

  /** Without the hand's way through the list of statuses. */
  async isAvailable(): Promise<void> {
    // A node that is on its way out may not answer.
    const isTaken = () => this.page.evaluate(askFor, "available").catch(() => false);
    await expect.poll(isTaken).toBe(true);
    await this.#isShownAs("Available");
  }

  async #isLetIn(server: Server): Promise<void> {
    const context = this.page.context();
    const data = { email: this.#email, password: PASSWORD, cookie: true };
    const answer = await context.request.post(`${server.url}/v1/auth/tokens`, { data, maxRetries: 3 });
    if (!answer.ok()) throw new Error(`Not signed in: ${answer.status()} ${await answer.text()}`);
    // The console cannot see the cookie, and remembers by this that it may have one.
    await context.addInitScript(() => {
      // An empty page, as a tab is on its way out, may not store anything.
      if (location.protocol !== "about:") localStorage.setItem("kithdesk.signed-in", "yes");
    });
  }

  async signsIn(): Promise<void> {
    await this.page.getByLabel("Email").fill(this.#email);
    await this.signsInAgain();
  }

  /** Where the console knows whose session has ended, and asks for the password alone. */
  async signsInAgain(): Promise<void> {
    await this.page.getByLabel("Password").fill(PASSWORD);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await gone(this.page.getByLabel("Password"));
    await visible(this.page.getByRole("navigation", { name: "Lists" }));
  }

  async becomes(status: "Available" | "Busy" | "Unavailable"): Promise<void> {
    await this.page.getByRole("button", { name: "Change your status" }).click();
    const choices = this.page.getByRole("dialog", { name: "Your status" });
    await choices.getByRole("option", { name: status }).first().click();
    await this.#isShownAs(status);
  }

  /** So that no more work comes: a connection that is merely gone counts for half a minute. */
  async leaves(): Promise<void> {
    await this.page.evaluate(askFor, "unavailable").catch(() => undefined);
  }

  // Lists

  async goesTo(list: string): Promise<void> {
    await this.page.getByRole("navigation", { name: "Lists" }).getByRole("link", { name: list }).click();
    await this.isIn(list);
  }

  async isIn(list: string): Promise<void> {
    await visible(this.page.getByRole("region", { name: list }));
  }

  /** A conversation in the list, by any words on its row. */
  row(words: string): Locator {
    return this.page.getByRole("option").filter({ hasText: words });
  }

  async has(words: string): Promise<void> {
    await visible(this.row(words));
  }

  async noLongerHas(words: string): Promise<void> {
    await gone(this.row(words));
  }

  async opens(words: string): Promise<void> {
    await this.row(words).first().click();
    await visible(this.field);
  }

  // The open conversation

  get field(): Locator {
    return this.page.getByRole("textbox", { name: /^(Reply to|Note\.)/ });
  }

  async types(text: string): Promise<void> {
    await this.field.pressSequentially(text);
  }

  /** Types on until somebody is seen to notice. */
  async typesUntil(sign: Locator, text: string): Promise<void> {
    await until(sign, () => this.types(text));
  }

  async sends(): Promise<void> {
    await this.page.getByRole("button", { name: "Send", exact: true }).click();
  }

  async answers(text: string): Promise<void> {
    await this.page.getByRole("button", { name: "Reply", exact: true }).click();
    await this.field.fill(text);
    await this.sends();
  }

  async notes(text: string): Promise<void> {
    await this.page.getByRole("button", { name: "Note", exact: true }).click();
    await this.field.fill(text);
    await this.page.getByRole("button", { name: "Add note" }).click();
  }

  async attaches(file: ChosenFile): Promise<void> {
    const chooser = this.page.waitForEvent("filechooser");
    await this.page.getByRole("button", { name: "Attach files" }).click();
    await (await chooser).setFiles(file);
    await visible(this.page.getByText(file.name));
    await gone(this.page.getByRole("progressbar"));
  }

  /** Resolves when the server has the draft that is being written. */
  async keepsDraft(): Promise<void> {
    await this.page.waitForResponse((response) => {
      const { method, url } = { method: response.request().method(), url: response.url() };
      return method === "PUT" && url.endsWith("/drafts/current") && response.ok();
    });
  }

  async snoozes(until: string): Promise<void> {
    await this.page.getByRole("button", { name: "Snooze", exact: true }).click();
    await this.#picks("Snooze until", until);
  }

  async assignsTo(agent: string): Promise<void> {
    await this.page.keyboard.press("a");
    await this.#picks("Assign to", agent);
  }

  async handsOffTo(place: string): Promise<void> {
    await this.page.getByRole("button", { name: "Hand off", exact: true }).click();
    await this.#picks("Hand off to", place);
  }

  async marksDone(): Promise<void> {
    await this.page.getByRole("button", { name: "Done", exact: true }).click();
  }

  // What is on the screen

  get customer(): Locator {
    return this.page.getByRole("complementary", { name: "Customer" });
  }

  async customerName(): Promise<string> {
    return this.customer.getByRole("heading", { level: 1 }).innerText();
  }

  /** Something anywhere. */
  words(text: string | RegExp): Locator {
    return this.page.getByText(text);
  }

  async reads(text: string | RegExp): Promise<void> {
    await visible(this.words(text));
  }

  async noLongerReads(text: string | RegExp): Promise<void> {
    await gone(this.words(text));
  }

  /** A message in the open conversation. */
  async sees(text: string): Promise<void> {
    await visible(this.#messages.filter({ hasText: text }));
  }

  async seesPicture(name: string): Promise<void> {
    await drawn(this.page.getByRole("img", { name }));
  }

  async seesColleague(name: string, status: string): Promise<void> {
    const here = this.page.getByRole("region", { name: /^Here now/ });
    await visible(here.getByRole("listitem").filter({ hasText: name }).filter({ hasText: status }));
  }

  /** Every message and note of the open conversation, oldest first. */
  async conversation(): Promise<string[]> {
    return this.#messages.allInnerTexts();
  }

  /** All words on the screen, seen or not. */
  async everything(): Promise<string> {
    return (await this.page.locator("body").textContent()) ?? "";
  }

  // What no screen has yet, with the agent's own session

  async countsCustomers(): Promise<number> {
    return this.page.evaluate(async () => {
      const response = await fetch("/v1/customers?pageSize=1");
      return (await response.json()).meta.total;
    });
  }

  /** Names the conversation that is open. */
  async changesName(name: string): Promise<void> {
    await this.page.evaluate(async (wanted) => {
      const id = location.hash.split("/")[3];
      const headers = { "Content-Type": "application/json" };
      const body = JSON.stringify({ name: wanted });
      const response = await fetch(`/v1/conversations/${id}`, { method: "PATCH", headers, body });
      if (!response.ok) throw new Error(await response.text());
    }, name);
    await this.reads(`Named “${name}”`);
  }

  async #isShownAs(status: string): Promise<void> {
    const shown = new RegExp(`${status}.*Change your status`, "s");
    await visible(this.page.getByRole("button", { name: shown }));
  }

  async #picks(title: string, option: string): Promise<void> {
    const choices = this.page.getByRole("dialog", { name: title });
    await choices.getByRole("option", { name: option }).first().click();
  }

  get #messages(): Locator {
    return this.page.getByRole("region", { name: /^Conversation with / }).locator("p[dir=auto]");
  }
}

async function askFor(status: string): Promise<boolean> {
  const { data } = await (await fetch("/v1/users/current")).json();
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ status });
  const path = `/v1/routing/users/${data.id}/status`;
  return (await fetch(path, { method: "PUT", headers, body })).ok;
}
