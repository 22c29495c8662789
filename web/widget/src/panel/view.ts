import { newId } from "@kithdesk/api-client";
import { computed, effect, type Signal, signal } from "@preact/signals";
import type { Chat } from "../chat/chat.ts";
import type { ChatSettings } from "../chat/shapes.ts";
import { english, type Words } from "../messages/words.ts";

/** Home is the list, or the one conversation there is, or a new one: whatever spares a click. */
export type Screen =
  | { at: "home" }
  | { at: "list" }
  | { at: "conversation"; id: string }
  | { at: "new"; lane: string };

export interface ViewOptions {
  hideHistoryNavigation?: boolean;
  hideNewConversationButton?: boolean;
}

/** What is on the panel: which screen, in whose words, and what is half written. */
export class View {
  readonly words = signal<Words>(english);
  readonly open = signal(false);
  readonly phone = signal(false);
  readonly screen = signal<Screen>({ at: "home" });
  readonly settings: ChatSettings;
  readonly options: ViewOptions;
  readonly chat: Chat;
  /** What is half written, by conversation. */
  readonly drafts: Signal<ReadonlyMap<string, string>>;
  /** The conversation that was on the screen on the page before this one. */
  #left: string;
  readonly #keepDrafts: (drafts: string) => void;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #offered = "";

  /** The conversation on the screen, by the server's name, as soon as it has one. */
  readonly conversationId = computed(() => {
    const screen = this.screen.value;
    if (screen.at === "conversation") return screen.id;
    return screen.at === "new" ? (this.chat.outgoing.opened.value.get(screen.lane) ?? null) : null;
  });

  /** Several conversations, or one beside the new one: there is a list to go back to. */
  readonly hasList = computed(() => {
    if (this.settings.noHistory || this.options.hideHistoryNavigation) return false;
    const others = this.chat.conversations.all.value.filter(({ id }) => id !== this.conversationId.value);
    return others.length > 0;
  });

  readonly canStartNew = computed(() => {
    if (this.options.hideNewConversationButton) return false;
    return !this.settings.singleSessionChat || !this.chat.conversations.going.value;
  });

  constructor(
    chat: Chat,
    settings: ChatSettings,
    options: ViewOptions,
    drafts: string,
    keepDrafts: (drafts: string) => void,
    left = "",
  ) {
    this.chat = chat;
    this.settings = settings;
    this.options = options;
    this.drafts = signal(new Map(draftsIn(drafts)));
    this.#keepDrafts = keepDrafts;
    this.#left = left;
    effect(() => this.#settle());
    effect(() => this.#followOtherTab());
  }

  get say(): Words["say"] {
    return this.words.value.say;
  }

  show(screen: Screen): void {
    this.screen.value = screen;
  }

  /** What the other side is called where nobody of them is meant by name. */
  get team(): string {
    return this.settings.teamName || this.say("chat");
  }

  startNew(): string {
    const lane = newId();
    this.show({ at: "new", lane });
    return lane;
  }

  /** A new conversation that is half written goes on where it was left. */
  resumeNew(): string {
    const { conversations, outgoing } = this.chat;
    const lane = [...this.drafts.peek().keys()].find(
      (name) => !conversations.find(name) && !outgoing.opened.value.has(name),
    );
    if (!lane) return this.startNew();
    this.show({ at: "new", lane });
    return lane;
  }

  /** Somebody logged in: their conversations go before an empty new one. */
  welcome(): void {
    const screen = this.screen.value;
    const empty = screen.at === "new" && !this.conversationId.value && !this.draftOf(screen.lane);
    if (empty && this.chat.outgoing.unsent.value.length === 0) this.show({ at: "home" });
  }

  /** Everything on the screen is another person's from now on. */
  reset(): void {
    clearTimeout(this.#keeping);
    this.drafts.value = new Map();
    this.#left = "";
    this.#keepDrafts("");
    this.show({ at: "home" });
  }

  draftOf(lane: string): string {
    return this.drafts.value.get(this.#named(lane)) ?? this.drafts.value.get(lane) ?? "";
  }

  draft(lane: string, text: string): void {
    const drafts = new Map(this.drafts.value);
    drafts.delete(lane);
    if (text) drafts.set(this.#named(lane), text);
    else drafts.delete(this.#named(lane));
    this.drafts.value = drafts;
    // Before somebody chats, nothing is kept outside this frame.
    if (!this.chat.token.peek()) return;
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.#keepDrafts(JSON.stringify([...this.drafts.value])), 400);
  }

  putBack(lane: string, text: string): void {
    if (!this.draftOf(lane)) this.draft(lane, text);
  }

  /** A new conversation is known by the server's name as soon as it has one: the next page knows it by no other. */
  #named(lane: string): string {
    return this.chat.outgoing.opened.value.get(lane) ?? lane;
  }

  #settle(): void {
    if (this.screen.value.at !== "home") return;
    const pending = this.chat.outgoing.unsent.value.find(
      ({ conversation, newConversation }) => !conversation && newConversation,
    );
    if (pending?.newConversation) this.show({ at: "new", lane: pending.newConversation });
    else if (!this.chat.token.value) this.#offerNew();
    else if (this.chat.list.value === "ready") this.#settleAmong();
  }

  /** A new one that nobody asked for: it makes way for what another tab begins. */
  #offerNew(): void {
    this.#offered = this.resumeNew();
  }

  #followOtherTab(): void {
    const screen = this.screen.value;
    const isOffered = screen.at === "new" && screen.lane === this.#offered;
    if (isOffered && this.chat.conversations.all.value.length > 0) this.welcome();
  }

  #settleAmong(): void {
    const { all } = this.chat.conversations;
    const shown = this.settings.noHistory ? all.value.filter(({ ended }) => !ended) : all.value;
    const [newest] = shown;
    const left = shown.find(({ id }) => id === this.#left);
    this.#left = "";
    if (!newest) this.#offerNew();
    else if (left || all.value.length === 1 || this.settings.noHistory)
      this.show({ at: "conversation", id: (left ?? newest).id });
    else this.show({ at: "list" });
  }
}

function draftsIn(text: string): [string, string][] {
  try {
    const drafts: unknown = JSON.parse(text || "[]");
    return Array.isArray(drafts) ? (drafts as [string, string][]) : [];
  } catch {
    return [];
  }
}
