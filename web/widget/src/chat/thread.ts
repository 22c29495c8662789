import type { Message, VisitorEvent } from "@kithdesk/api-client";
import { signal } from "@preact/signals-core";
import type { ChatApi } from "./api.ts";
import type { ThreadMessage } from "./shapes.ts";

/**
 * The messages of one conversation: pages read over HTTP and events, merged by id. Events count from the first moment,
 * also while a page is on its way, so nothing falls between the two.
 */
export class Thread {
  readonly messages = signal<ThreadMessage[]>([]);
  readonly state = signal<"unread" | "loading" | "loaded" | "failed">("unread");
  readonly hasOlder = signal(false);
  readonly loadingOlder = signal(false);
  /** The visitor's newest message that an agent has read. */
  readonly seen = signal<string | null>(null);
  readonly #api: ChatApi;
  readonly #conversation: string;

  constructor(api: ChatApi, conversation: string) {
    this.#api = api;
    this.#conversation = conversation;
  }

  get newestAnswer(): ThreadMessage | undefined {
    return this.messages.value.findLast(({ direction }) => direction === "out");
  }

  /** The newest page, at first and after a resync. */
  async load(): Promise<void> {
    if (this.state.value !== "loaded") this.state.value = "loading";
    try {
      const page = await this.#api.messages(this.#conversation);
      const known = new Set(page.items.map(({ id }) => id));
      const overlaps = this.messages.value.some(({ id }) => known.has(id));
      // Too far behind: what lies between the old pages and the new one is unknown, so start anew.
      if (!overlaps)
        this.messages.value = this.messages.value.filter((message) => isNewer(message, page.items));
      if (!overlaps || this.state.value !== "loaded") this.hasOlder.value = page.more;
      this.#merge(page.items);
      this.state.value = "loaded";
    } catch (error) {
      if (this.state.value !== "loaded") this.state.value = "failed";
      throw error;
    }
  }

  async loadOlder(): Promise<void> {
    const oldest = this.messages.value[0];
    if (!oldest || !this.hasOlder.value || this.loadingOlder.value) return;
    this.loadingOlder.value = true;
    try {
      const page = await this.#api.messages(this.#conversation, oldest.id);
      this.hasOlder.value = page.more;
      this.#merge(page.items);
    } finally {
      this.loadingOlder.value = false;
    }
  }

  /** Ours has just opened it: nothing was said here before, so there is nothing to read. */
  begins(): void {
    if (this.state.value === "unread") this.state.value = "loaded";
  }

  add(message: Message): void {
    this.#merge([message]);
  }

  apply(event: VisitorEvent): void {
    if (event.kind === "message.created") this.add(event.data.message);
    else if (event.kind === "message.read" && event.data.by.type === "user") this.#read(event.data.message);
  }

  #read(message: string): void {
    const messages = this.messages.value;
    const upTo = messages.findIndex(({ id }) => id === message);
    const last = messages.slice(0, upTo + 1).findLast(({ direction }) => direction === "in");
    const before = messages.findIndex(({ id }) => id === this.seen.value);
    if (last && messages.indexOf(last) > before) this.seen.value = last.id;
  }

  #merge(incoming: ThreadMessage[]): void {
    const byId = new Map(this.messages.value.map((message) => [message.id, message]));
    for (const message of incoming) byId.set(message.id, { ...byId.get(message.id), ...message });
    this.messages.value = [...byId.values()].sort(bySending);
    const read = this.messages.value.findLast(({ direction, readAt }) => direction === "in" && readAt);
    if (read) this.#read(read.id);
  }
}

function isNewer(message: ThreadMessage, page: ThreadMessage[]): boolean {
  const newest = page.at(-1);
  return !newest || bySending(message, newest) > 0;
}

/** Ids are ordered by time, which settles messages of the same millisecond. */
function bySending(a: ThreadMessage, b: ThreadMessage): number {
  const [left, right] = [a.sentAt + a.id, b.sentAt + b.id];
  return left < right ? -1 : left > right ? 1 : 0;
}
