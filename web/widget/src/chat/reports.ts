import type { ClientFrame } from "@kithdesk/api-client";
import type { SeenPage } from "../loader/path.ts";
import { referrerOf } from "./context.ts";

/** What the server is told in passing (read up to here, now on this page): at once, or at the next connection. */
export class Reports {
  readonly #tell: (frame: ClientFrame) => boolean;
  readonly #isGoing: () => boolean;
  readonly #reads = new Map<string, string>();
  #page: SeenPage | null = null;

  constructor(tell: (frame: ClientFrame) => boolean, isGoing: () => boolean) {
    this.#tell = tell;
    this.#isGoing = isGoing;
  }

  read(conversation: string, message: string): void {
    this.#reads.set(conversation, message);
    this.flush();
  }

  visit(page: SeenPage): void {
    this.#page = page;
    this.flush();
  }

  /** A new conversation brings its pages along itself. */
  forgetPage(): void {
    this.#page = null;
  }

  forgetReads(): void {
    this.#reads.clear();
  }

  flush(): void {
    for (const [conversation, message] of this.#reads) {
      if (this.#tell({ op: "read", conversation, message })) this.#reads.delete(conversation);
    }
    // Pages are told only to a conversation that is going on; once each.
    const page = this.#page;
    if (!page || !this.#isGoing()) return;
    const { url, title, at } = page;
    const referrer = referrerOf(page);
    if (this.#tell({ op: "visit", url, title, at, ...(referrer ? { referrer } : {}) })) this.#page = null;
  }
}
