import type { OutboxEntry, OutboxStorage } from "@kithdesk/api-client";
import { DOWN, type Down, read, type Up } from "../bridge/bridge.ts";

type Start = Extract<Down, { kithdesk: "start" }>;

const NOTE = "kithdesk-chat-";

/**
 * The page that embeds this frame. The first `start` from an allowed page fixes who that is; from then on nobody else
 * is heard, and nothing is ever told to another origin.
 */
export class HostPage {
  readonly #answers = new Map<number, (token: string) => void>();
  /** What came before we knew which sites are allowed. */
  #early: MessageEvent[] | null = [];
  #isAllowed: (origin: string) => boolean = () => false;
  #onMessage: (message: Down) => void = () => undefined;
  #origin = "";
  #count = 0;
  #notes: Record<string, string> = {};

  constructor() {
    addEventListener("message", (event) => {
      if (this.#early) this.#early.push(event);
      else this.#hear(event);
    });
  }

  listen(isAllowed: (origin: string) => boolean, onMessage: (message: Down) => void): void {
    this.#isAllowed = isAllowed;
    this.#onMessage = onMessage;
    const early = this.#early ?? [];
    this.#early = null;
    for (const event of early) this.#hear(event);
  }

  tell(message: Up): void {
    if (this.#origin) parent.postMessage(message, this.#origin);
  }

  /** The page makes and keeps the token; only ever does it travel this way. */
  askToken(refused: boolean): Promise<string> {
    this.#count += 1;
    const request = this.#count;
    return new Promise((resolve) => {
      this.#answers.set(request, resolve);
      this.tell({ kithdesk: "token", request, refused });
    });
  }

  note(name: string, value: string): void {
    this.#notes[name] = value;
    this.tell({ kithdesk: "note", name, value });
  }

  noted(name: string): string {
    return this.#notes[name] ?? "";
  }

  /** Unsent messages, kept by the page: a browser may give a frame no storage that survives. */
  readonly outbox: OutboxStorage = {
    all: () => Object.values(this.#notes).flatMap((text) => entryIn(text) ?? []),
    put: (entry) => this.note(entry.id, JSON.stringify(entry)),
    remove: (id) => this.note(id, ""),
  };

  #hear({ source, origin, data }: MessageEvent): void {
    if (source !== parent) return;
    const message = read(DOWN, data);
    if (!message) return;
    if (this.#origin ? origin !== this.#origin : message.kithdesk !== "start" || !this.#isAllowed(origin))
      return;
    this.#origin = origin;
    if (message.kithdesk === "start") this.#begin(message);
    if (message.kithdesk === "token" && message.request > 0) this.#answer(message.request, message.token);
    // While a refused token is being replaced, its end is no logout: the answer tells what follows.
    else if (message.kithdesk !== "token" || this.#answers.size === 0) this.#onMessage(message);
  }

  #begin({ notes }: Start): void {
    for (const [name, value] of Object.entries(notes)) {
      if (typeof value === "string") this.#notes[name.slice(NOTE.length)] = value;
    }
  }

  #answer(request: number, token: string): void {
    this.#answers.get(request)?.(token);
    this.#answers.delete(request);
  }
}

/** An empty list of sites means any. A site covers the names below it, and a port says nothing. */
export function isSiteAllowed(origin: string, domains: string[]): boolean {
  if (domains.length === 0) return true;
  const host = hostOf(origin);
  return domains.map((domain) => hostOf(domain.replace("*.", ""))).some((allowed) => covers(allowed, host));
}

function covers(allowed: string, host: string): boolean {
  return allowed !== "" && (host === allowed || host.endsWith(`.${allowed}`));
}

function hostOf(site: string): string {
  try {
    return new URL(site.includes("://") ? site : `https://${site}`).hostname;
  } catch {
    return "";
  }
}

function entryIn(text: string): OutboxEntry | null {
  try {
    const entry = JSON.parse(text) as Partial<OutboxEntry> | null;
    return typeof entry?.id === "string" && typeof entry.body === "string" ? (entry as OutboxEntry) : null;
  } catch {
    return null;
  }
}
