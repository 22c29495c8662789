import type { ClientFrame } from "@kithdesk/api-client";
import type { SeenPage } from "../loader/path.ts";
import { referrerOf } from "./context.ts";

/** As many as the page's script keeps of a visit. */
const MOST = 50;

/** What the server is told in passing (read up to here, on these pages): at once, or at the next connection. */
export class Reports {
  readonly #tell: (frame: ClientFrame) => boolean;
  readonly #isGoing: () => boolean;
  readonly #onTold: (page: SeenPage) => void;
  readonly #reads = new Map<string, string>();
  #pages: SeenPage[] = [];

  constructor(
    tell: (frame: ClientFrame) => boolean,
    isGoing: () => boolean,
    onTold: (page: SeenPage) => void,
  ) {
    this.#tell = tell;
    this.#isGoing = isGoing;
    this.#onTold = onTold;
  }

  read(conversation: string, message: string): void {
    this.#reads.set(conversation, message);
    this.flush();
  }

  visit(page: SeenPage): void {
    this.#pages = [...this.#pages.filter(({ at }) => at !== page.at), page].slice(-MOST);
    this.flush();
  }

  /** A new conversation brings its pages along itself. */
  bringPages(): void {
    const last = this.#pages.at(-1);
    this.#pages = [];
    if (last) this.#onTold(last);
  }

  /** Of whoever was here until now. */
  forgetPages(): void {
    this.#pages = [];
  }

  forgetReads(): void {
    this.#reads.clear();
  }

  flush(): void {
    for (const [conversation, message] of this.#reads) {
      if (this.#tell({ op: "read", conversation, message })) this.#reads.delete(conversation);
    }
    // Pages are told only to a conversation that is going on; once each.
    while (this.#isGoing()) {
      const [page] = this.#pages;
      if (!page) return;
      const { url, title, at } = page;
      const referrer = referrerOf(page);
      if (!this.#tell({ op: "visit", url, title, at, ...(referrer ? { referrer } : {}) })) return;
      this.#pages = this.#pages.slice(1);
      this.#onTold(page);
    }
  }
}
