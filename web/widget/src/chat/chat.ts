import {
  LiveConnection,
  type LiveState,
  type Message,
  newId,
  type OpenSocket,
  type OutboxEntry,
  type OutboxStorage,
  Refused,
  type Subscription,
  type VisitContext,
  type VisitorEvent,
} from "@kithdesk/api-client";
import { effect, signal } from "@preact/signals-core";
import type { SeenPage } from "../loader/path.ts";
import { type Announcement, announcementOf, typingAnnouncement } from "./announcements.ts";
import { ChatApi } from "./api.ts";
import { Conversations } from "./conversations.ts";
import { type NewMessage, Outgoing } from "./outgoing.ts";
import { Persistence } from "./persistence.ts";
import { Reports } from "./reports.ts";
import { Thread } from "./thread.ts";
import { TypingIn, TypingOut } from "./typing.ts";

const LOGIN_TAKES_MS = 1_000;

export interface ChatDoors {
  /** Origin of the server, empty for the page's own. */
  base: string;
  client: string;
  /** Who is chatting: made where there is nobody, looked up anew where the last was refused. Empty: nobody. */
  askToken(refused: boolean): Promise<string>;
  storage: OutboxStorage;
  context(): VisitContext;
  announce(announcement: Announcement): void;
  /** `cursor`: up to where the visitor's topic has been told. */
  connect(cursor: () => number | undefined): OpenSocket;
}

/**
 * Everything a visitor's chat is, without a screen: panel and headless build draw or call it.
 *
 *     nobody ── writes, or is logged in ──▶ somebody: list read, topic followed ── logged out ──▶ nobody
 */
export class Chat {
  readonly api: ChatApi;
  readonly conversations = new Conversations();
  readonly outgoing: Outgoing;
  readonly typing = new TypingIn();
  readonly typingOut = new TypingOut((conversation, on) => {
    this.#live.tell({ op: "typing", conversation, on });
  });
  readonly token = signal("");
  readonly live = signal<LiveState>("offline");
  readonly list = signal<"nobody" | "loading" | "ready" | "failed">("nobody");
  onVisit: ((page: SeenPage) => void) | null = null;
  /** The server has this page, and those before it. */
  onTold: ((page: SeenPage) => void) | null = null;
  readonly #doors: ChatDoors;
  readonly #live: LiveConnection;
  readonly #threads = new Map<string, Thread>();
  readonly #reports = new Reports(
    (frame) => this.#live.tell(frame),
    () => this.conversations.going.value,
    (page) => this.onTold?.(page),
  );
  readonly #toldRead = new Map<string, string>();
  readonly #begin = new Persistence();
  readonly #load = new Persistence();
  #topic: Subscription | null = null;

  constructor(doors: ChatDoors) {
    this.#doors = doors;
    this.api = new ChatApi(doors.base, () => this.token.value);
    this.outgoing = new Outgoing({
      storage: doors.storage,
      context: doors.context,
      request: (frame) => this.#live.request(frame),
      onSent: (message) => this.#sent(message),
      onOpened: (conversation) => this.thread(conversation).begins(),
    });
    this.#live = new LiveConnection({
      open: doors.connect(() => this.#live.cursor("visitor")),
      client: doors.client,
      post: (frame) => this.api.send(frame),
      hello: (wasRefused) => this.#hello(wasRefused),
      onState: (state) => this.#connected(state),
      onSignal: (frame) => {
        if (frame.kind !== "typing" || frame.by.type !== "user") return;
        this.typing.apply(frame);
        doors.announce(typingAnnouncement(frame));
      },
    });
  }

  /** At the start, at login and logout, and when another tab did either. */
  become(token: string): void {
    if (token === this.token.value) {
      if (!token && this.outgoing.unsent.value.length > 0) void this.begin();
      return;
    }
    this.token.value = token;
    this.#forget();
    if (!token) {
      this.outgoing.clear();
      this.#reports.forgetPages();
      this.#live.stop();
      return;
    }
    void this.#read();
    this.#live.reconnect();
  }

  /** Somebody is needed now: the visitor has written, or chosen a file. */
  async begin(): Promise<void> {
    if (this.token.value) return;
    await this.#begin.until(async () => {
      if (this.token.value) return true;
      const token = await this.#doors.askToken(false);
      if (!token) this.live.value = "offline";
      else this.become(token);
      return token !== "";
    });
  }

  thread(conversation: string): Thread {
    let thread = this.#threads.get(conversation);
    if (!thread) {
      thread = new Thread(this.api, conversation);
      this.#threads.set(conversation, thread);
    }
    return thread;
  }

  send(message: NewMessage): OutboxEntry {
    this.typingOut.stop();
    if (message.newConversation) this.#reports.bringPages();
    const entry = this.outgoing.add(message);
    void this.begin();
    return entry;
  }

  /** Everything up to the agent's newest message. Told once, and also where writing has made it count as read here. */
  read(conversation: string): void {
    const message = this.#threads.get(conversation)?.newestAnswer;
    if (!message) return;
    const isTold = message.readAt || this.#toldRead.get(conversation) === message.id;
    if (isTold && !this.conversations.find(conversation)?.unread) return;
    this.conversations.read(conversation);
    this.#toldRead.set(conversation, message.id);
    this.#reports.read(conversation, message.id);
  }

  async end(conversation: string): Promise<void> {
    try {
      await this.#live.request({ op: "end", id: newId(), conversation });
    } catch (error) {
      if (error instanceof Refused) {
        if (error.status !== 404) throw error;
        // It was moved to somebody else's record: what is left is shown, and nothing is wrong here.
        this.conversations.replace((await this.api.conversations()).items);
        if (!this.conversations.find(conversation)) return;
      }
      await this.api.endConversation(conversation);
    }
  }

  visit(page: SeenPage): void {
    this.onVisit?.(page);
    this.#reports.visit(page);
  }

  /** Runs now and whenever the number of unread messages or the fact of a going conversation changes. */
  watch(told: (unread: Map<string, number>, going: boolean) => void): () => void {
    return effect(() => {
      if (this.list.value !== "ready") return;
      const unread = this.conversations.all.value.filter((conversation) => conversation.unread > 0);
      told(
        new Map(unread.map((conversation) => [conversation.id, conversation.unread])),
        this.conversations.going.value,
      );
    });
  }

  async #hello(wasRefused: boolean): Promise<{ token: string } | null> {
    const refused = this.token.value;
    if (!wasRefused) return refused ? { token: refused } : null;
    // Another tab's login ends this token a moment before that tab can tell of the next one.
    await new Promise((resolve) => setTimeout(resolve, LOGIN_TAKES_MS));
    if (this.token.value !== refused) return this.token.value ? { token: this.token.value } : null;
    const token = await this.#doors.askToken(true);
    if (token) this.#rename(token);
    else this.#startOver();
    return token ? { token } : null;
  }

  /** The same connection goes on under another token. */
  #rename(token: string): void {
    if (token === this.token.value) return;
    this.token.value = token;
    this.#forget();
    void this.#read();
  }

  /** The server knows this visitor no longer. What was written in this visit is said by a new one. */
  #startOver(): void {
    const words = this.outgoing.ownWords;
    this.become("");
    const newConversation = newId();
    for (const body of words) this.send({ conversation: null, newConversation, body });
  }

  async #read(): Promise<void> {
    this.list.value = "loading";
    await this.#load.until(async () => {
      const token = this.token.value;
      try {
        const { items, position } = await this.api.conversations();
        if (token !== this.token.value) return true;
        this.conversations.replace(items);
        this.#follow(position);
        this.list.value = "ready";
        this.#reports.flush();
        return true;
      } catch {
        if (token !== this.token.value) return true; // somebody else's list by now, or nobody's
        this.list.value = "failed";
        return false;
      }
    });
  }

  #follow(position: number | undefined): void {
    this.#topic = this.#live.subscribe<VisitorEvent>("visitor", position, {
      event: (event) => this.#happened(event),
      resync: async (now) => {
        const { items, position: covered } = await this.api.conversations();
        this.conversations.replace(items);
        const read = [...this.#threads.values()].filter(({ state }) => state.value === "loaded");
        await Promise.all(read.map((thread) => thread.load()));
        return covered ?? now;
      },
      // Not this visitor's any more: the chat says that it is cut off, and keeps what is written.
      refused: () => this.#live.stop(),
    });
  }

  #happened(event: VisitorEvent): void {
    if (event.kind === "message.created") this.#arrived(event.data.message);
    this.conversations.apply(event);
    const conversation = conversationOf(event);
    if (conversation) this.thread(conversation).apply(event);
    const announcement = announcementOf(event);
    if (announcement) this.#doors.announce(announcement);
  }

  #arrived(message: Message): void {
    if (message.direction === "out") this.typing.stop(message.conversation);
    else this.outgoing.arrived(message);
  }

  #sent(message: Message): void {
    const event = { kind: "message.created" as const, at: message.sentAt, data: { message } };
    this.conversations.apply(event);
    this.thread(message.conversation).apply(event);
  }

  #connected(state: LiveState): void {
    this.live.value = state;
    this.outgoing.connected(state === "online");
    this.#reports.flush();
  }

  #forget(): void {
    this.#topic?.end();
    this.#topic = null;
    this.list.value = "nobody";
    this.conversations.clear();
    this.#threads.clear();
    this.#toldRead.clear();
    this.#reports.forgetReads();
  }
}

function conversationOf(event: VisitorEvent): string | null {
  if (event.kind === "message.created") return event.data.message.conversation;
  return event.kind === "message.read" ? event.data.conversation : null;
}
