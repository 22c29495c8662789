import type { BrowserContextOptions, FrameLocator, Locator, Page, Request } from "playwright-core";

import { newPage } from "./browser.ts";
import type { ChosenFile } from "./files.ts";
import { listenTo } from "./listening.ts";
import type { Server } from "./server.ts";
import { drawn, gone, until, visible } from "./waiting.ts";

const TEAM = "Birch & Burrow";

/** What the chat is called in the language of the page. */
const WORDS = {
  en: { chat: /^Chat(,|$)/, close: "Close chat", field: "Message", messages: "Messages" },
  ar: { chat: /^المحادثة(,|$)/, close: "إغلاق المحادثة", field: "الرسالة", messages: "الرسائل" },
};

interface AskedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
}

/** Somebody in the shop. */
export class Visitor {
  readonly page: Page;
  readonly #server: Server;
  readonly #words: (typeof WORDS)[keyof typeof WORDS];

  private constructor(server: Server, page: Page, language: keyof typeof WORDS) {
    this.#server = server;
    this.page = page;
    this.#words = WORDS[language];
  }

  static async arrives(
    server: Server,
    options: BrowserContextOptions = {},
    language: keyof typeof WORDS = "en",
  ): Promise<Visitor> {
    return new Visitor(server, await newPage(options), language);
  }

  /** The same browser, another tab. */
  async anotherTab(): Promise<Visitor> {
    return this.inTab(await this.page.context().newPage());
  }

  /** The same browser, in a tab that the page has opened. */
  inTab(page: Page): Visitor {
    return new Visitor(this.#server, page, "en");
  }

  /** A page of the shop, or any other by its whole address. */
  async visits(place = ""): Promise<void> {
    await this.page.goto(new URL(place, this.#server.shop).href);
    await visible(this.bubble);
  }

  // What is on the page

  get bubble(): Locator {
    return this.page.getByRole("button", { name: this.#words.chat });
  }

  /** The element on the page that holds the chat. */
  get frame(): Locator {
    return this.page.getByTitle(TEAM, { exact: true });
  }

  /** What became of a frame that a page has of its own. */
  async addressOf(title: string): Promise<string> {
    const element = await this.page.getByTitle(title, { exact: true }).elementHandle();
    return (await element?.contentFrame())?.url() ?? "";
  }

  get panel(): FrameLocator {
    return this.frame.contentFrame();
  }

  get field(): Locator {
    return this.panel.getByRole("textbox", { name: this.#words.field });
  }

  async opensChat(): Promise<void> {
    await this.bubble.click();
    await this.seesChat();
  }

  async closesChat(): Promise<void> {
    await this.panel.getByRole("button", { name: this.#words.close }).click();
    await this.seesNoChat();
  }

  async seesChat(): Promise<void> {
    await visible(this.panel.getByRole("heading", { name: TEAM }));
  }

  async seesNoChat(): Promise<void> {
    await gone(this.frame);
  }

  async seesOnBubble(name: string): Promise<void> {
    const exact = name === "Chat";
    await visible(this.page.getByRole("button", { name: exact ? name : `Chat, ${name}`, exact: true }));
  }

  // Writing and reading

  async types(text: string): Promise<void> {
    await this.field.pressSequentially(text);
  }

  /** Types on until somebody is seen to notice. */
  async typesUntil(sign: Locator, text: string): Promise<void> {
    await until(sign, () => this.types(text));
  }

  /** Writes and presses Enter; what becomes of it is another matter. */
  async writes(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press("Enter");
  }

  async attaches(file: ChosenFile): Promise<void> {
    const chooser = this.page.waitForEvent("filechooser");
    await this.panel.getByRole("button", { name: "Attach a file" }).click();
    await (await chooser).setFiles(file);
    await visible(this.panel.getByText(file.name));
    await gone(this.panel.getByRole("progressbar"));
  }

  /** Something anywhere in the panel. */
  words(text: string | RegExp): Locator {
    return this.panel.getByText(text);
  }

  async reads(text: string | RegExp): Promise<void> {
    await visible(this.words(text));
  }

  async noLongerReads(text: string | RegExp): Promise<void> {
    await gone(this.words(text));
  }

  /** A message in the conversation. */
  async sees(text: string): Promise<void> {
    await visible(this.#messages.filter({ hasText: text }));
  }

  async seesPicture(name: string): Promise<void> {
    await drawn(this.panel.getByRole("img", { name }));
  }

  /** Every message of the open conversation, oldest first. */
  async conversation(): Promise<string[]> {
    return this.#messages.allInnerTexts();
  }

  /** Those of them that the visitor is shown to have written. */
  async ownMessages(): Promise<string[]> {
    return this.#messages.and(this.panel.locator(".message--in p")).allInnerTexts();
  }

  /** All words that the panel has, seen or not. */
  async everything(): Promise<string> {
    return (await this.panel.locator("body").textContent()) ?? "";
  }

  /** Everything that comes into this browser from now on, to be looked through for what must not. */
  listens(): () => string {
    return listenTo(this.page.context());
  }

  /** What this browser asks of an origin from now on; the answer tells what it has been. */
  requestsTo(origin: string): () => Promise<AskedRequest[]> {
    const requests: Request[] = [];
    this.page.context().on("request", (request) => {
      if (new URL(request.url()).origin === origin) requests.push(request);
    });
    return () =>
      Promise.all(
        requests.map(async (request) => ({
          method: request.method(),
          url: request.url(),
          headers: await request.allHeaders(),
        })),
      );
  }

  // Among conversations

  async showsList(): Promise<void> {
    await this.page.waitForLoadState();
    if (!(await this.frame.isVisible())) await this.opensChat();
    const back = this.panel.getByRole("button", { name: "All conversations" });
    const title = this.panel.getByRole("heading", { name: "Your conversations" });
    await visible(back.or(title));
    if (await back.isVisible()) await back.click();
    await visible(title);
  }

  async openConversation(words: string): Promise<void> {
    await this.panel.getByRole("listitem").getByRole("button").filter({ hasText: words }).click();
    await visible(this.field);
  }

  async startsNew(): Promise<void> {
    await this.panel.getByRole("button", { name: "New conversation" }).click();
    await visible(this.field);
  }

  async ends(): Promise<void> {
    await this.panel.getByRole("button", { name: "End conversation" }).click();
    const question = this.panel.getByRole("dialog", { name: "End this conversation?" });
    await question.getByRole("button", { name: "End conversation" }).click();
  }

  // In the shop's own account

  async signsInAs(shopper: string): Promise<void> {
    await this.visits("account");
    await this.page.getByRole("button", { name: shopper }).click();
    await visible(this.page.getByRole("heading", { name: `Hello, ${shopper.split(" ")[0]}` }));
    await visible(this.bubble);
  }

  async signsOut(): Promise<void> {
    await this.page.getByRole("button", { name: "Sign out" }).click();
    await visible(this.page.getByRole("heading", { name: "Sign in as" }));
    await visible(this.bubble);
  }

  /** All that the shop's pages have stored in this browser. */
  async storedText(): Promise<string> {
    const cookies = await this.page.context().cookies();
    const stores = await this.page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    );
    return JSON.stringify(cookies) + stores;
  }

  get #messages(): Locator {
    return this.panel.getByRole("region", { name: this.#words.messages }).locator("p[dir=auto]");
  }
}
