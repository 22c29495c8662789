import {
  type AckFrame,
  type ClientFrame,
  type Message,
  newId,
  Outbox,
  type OutboxEntry,
  type OutboxStorage,
  type VisitContext,
} from "@kithdesk/api-client";
import { signal } from "@preact/signals-core";

export interface NewMessage {
  conversation: string | null;
  /** Our name for a conversation that does not exist yet. */
  newConversation?: string;
  body: string;
  attachments?: string[];
}

export interface OutgoingDoors {
  storage: OutboxStorage;
  context(): VisitContext;
  request(frame: ClientFrame & { id: string }): Promise<AckFrame>;
  /** The server has it, and this is how. */
  onSent(message: Message): void;
  /** A conversation of ours exists now. */
  onOpened(conversation: string): void;
}

/** What the visitor says: kept until the server has it, in a conversation that may have to be opened first. */
export class Outgoing {
  readonly unsent = signal<readonly OutboxEntry[]>([]);
  /** Our name of a conversation → the server's, once it exists. */
  readonly opened = signal<ReadonlyMap<string, string>>(new Map());
  readonly #doors: OutgoingDoors;
  readonly #outbox: Outbox;
  /** Unsent messages that this visit brought along: perhaps another person's words. */
  readonly #inherited: ReadonlySet<string>;

  constructor(doors: OutgoingDoors) {
    this.#doors = doors;
    this.#outbox = new Outbox({
      storage: doors.storage,
      send: doors.request,
      onChange: () => this.#draw(),
      onSent: (entry, { message }) => {
        if (!message) return;
        this.#opens(entry, message.conversation);
        doors.onSent(message);
      },
    });
    this.#inherited = new Set(this.#outbox.entries.map(({ id }) => id));
    this.#draw();
  }

  /** Words of this visit that nobody has confirmed. */
  get ownWords(): string[] {
    return this.unsent.value.filter(({ id }) => !this.#inherited.has(id)).map(({ body }) => body);
  }

  add(message: NewMessage): OutboxEntry {
    return this.#outbox.add({
      ...message,
      ...(message.newConversation ? { context: this.#doors.context() } : {}),
    });
  }

  retry(id: string): void {
    this.#outbox.retry(id);
  }

  discard(id: string): OutboxEntry | undefined {
    return this.#outbox.discard(id);
  }

  /** The same words in a new conversation, since theirs has ended. Returns our name for it. */
  sendAnew(id: string): string {
    const newConversation = newId();
    this.#outbox.move(id, { conversation: null, newConversation, context: this.#doors.context() });
    return newConversation;
  }

  /** A message of ours came as an event, perhaps before its ack. */
  arrived(message: Message): void {
    const entry = this.unsent.value.find(({ id }) => id === message.clientId);
    if (entry) this.#opens(entry, message.conversation);
    this.#outbox.seen(message);
  }

  connected(online: boolean): void {
    if (online) this.#outbox.open();
    else this.#outbox.close();
  }

  clear(): void {
    this.#outbox.clear();
  }

  #opens({ newConversation }: OutboxEntry, conversation: string): void {
    if (!newConversation || this.opened.value.has(newConversation)) return;
    this.#doors.onOpened(conversation);
    this.opened.value = new Map(this.opened.value).set(newConversation, conversation);
  }

  #draw(): void {
    this.unsent.value = [...this.#outbox.entries];
  }
}
