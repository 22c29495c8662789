import type { Message, VisitorEvent } from "@kithdesk/api-client";
import { computed, signal } from "@preact/signals-core";
import type { Conversation } from "./shapes.ts";

/** The visitor's conversations, newest activity first, kept true by events. */
export class Conversations {
  readonly all = signal<Conversation[]>([]);
  readonly unread = computed(() => this.all.value.reduce((sum, { unread }) => sum + unread, 0));
  readonly going = computed(() => this.all.value.some(({ ended }) => !ended));

  find(id: string): Conversation | undefined {
    return this.all.value.find((conversation) => conversation.id === id);
  }

  /** What a reload over HTTP found. */
  replace(all: Conversation[]): void {
    this.all.value = [...all].sort(byActivity);
  }

  clear(): void {
    this.all.value = [];
  }

  read(id: string): void {
    this.#change(id, { unread: 0 });
  }

  apply(event: VisitorEvent): void {
    switch (event.kind) {
      case "conversation.opened":
        this.#add(event.data.conversation.id, event.data.conversation);
        break;
      case "conversation.updated":
        this.#change(event.data.conversation, { status: event.data.status });
        break;
      case "conversation.assigned":
        this.#change(event.data.conversation, { assignee: event.data.assignee });
        break;
      case "conversation.ended":
        this.#change(event.data.conversation, { ended: true, endedAt: event.data.endedAt });
        break;
      case "conversation.taken_up": {
        const { conversation, at } = event.data;
        const left = { ended: true, endedAt: at, elsewhere: true, status: "done", assignee: null } as const;
        this.#change(conversation, { ...left, unread: 0 });
        break;
      }
      case "message.created":
        this.#message(event.data.message);
        break;
      case "message.read":
        if (event.data.by.type === "customer") this.read(event.data.conversation);
        break;
    }
  }

  #message(message: Message): void {
    this.#add(message.conversation, { createdAt: message.sentAt });
    const { unread = 0, lastMessageAt = null } = this.find(message.conversation) ?? {};
    // Our own message, acknowledged after the answer to it: the answer is still unread, and the last word.
    if (message.direction === "in" && lastMessageAt && message.sentAt < lastMessageAt) return;
    this.#change(message.conversation, {
      preview: message.body || (message.attachments[0]?.name ?? ""),
      lastMessageAt: message.sentAt,
      lastMessageDirection: message.direction,
      // Whoever writes has read what came before.
      unread: message.direction === "out" ? unread + 1 : 0,
    });
    this.all.value = [...this.all.value].sort(byActivity);
  }

  #add(id: string, known: Partial<Conversation>): void {
    if (this.find(id)) return;
    const conversation: Conversation = {
      status: "open",
      ended: false,
      endedAt: null,
      elsewhere: false,
      createdAt: new Date().toISOString(),
      lastMessageAt: null,
      lastMessageDirection: null,
      preview: null,
      unread: 0,
      assignee: null,
      name: null,
      ...known,
      id,
    };
    this.all.value = [conversation, ...this.all.value];
  }

  #change(id: string, change: Partial<Conversation>): void {
    this.all.value = this.all.value.map((conversation) =>
      conversation.id === id ? { ...conversation, ...change } : conversation,
    );
  }
}

function byActivity(a: Conversation, b: Conversation): number {
  const [left, right] = [a.lastMessageAt ?? a.createdAt, b.lastMessageAt ?? b.createdAt];
  return left < right ? 1 : left > right ? -1 : 0;
}
