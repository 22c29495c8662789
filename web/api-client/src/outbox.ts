import { backoff } from "./backoff.ts";
import { newId } from "./ids.ts";
import type { AckFrame, Message, Refusal, SendFrame, VisitContext } from "./protocol.gen.ts";
import { isTemporary, plain, Refused } from "./refusals.ts";

/**
 * waiting ──▶ sending ── ack ──▶ gone
 *    ▲           ├── no answer, or a passing refusal ──▶ waiting   (same id, later)
 *    │           ├── the token has died ──▶ waiting   (same id, under the next connection's token)
 *    │           └── refused ──▶ refused   (the text is kept until `retry` or `discard`)
 *    └── retry ──────────────────────┘
 */
export interface OutboxEntry {
  id: string;
  /** Null until the conversation that this message opens exists. */
  conversation: string | null;
  newConversation?: string;
  body: string;
  attachments: string[];
  kind: "message" | "note";
  context?: VisitContext;
  queuedAt: string;
  state: "waiting" | "sending" | "refused";
  /** It went out at least once: from then on nothing about it may change but its state. */
  tried: boolean;
  error?: Refusal;
  /** Milliseconds since 1970; not before then. */
  retryAt?: number;
}

export type NewMessage = Pick<OutboxEntry, "conversation" | "body"> &
  Partial<Pick<OutboxEntry, "id" | "newConversation" | "attachments" | "kind" | "context">>;

/** One record per message, so that two tabs which share a storage never overwrite each other's. */
export interface OutboxStorage {
  all(): OutboxEntry[];
  put(entry: OutboxEntry): void;
  remove(id: string): void;
}

export interface OutboxOptions {
  storage: OutboxStorage;
  /** `LiveConnection.request`, or the same by HTTP. */
  send(frame: SendFrame): Promise<AckFrame>;
  onChange?(): void;
  onSent?(entry: OutboxEntry, ack: AckFrame): void;
  random?: () => number;
}

/** Messages that the server has not confirmed. In one conversation the next waits for the last one's ack. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #entries: OutboxEntry[];
  /** Lanes with a message out there. */
  readonly #busy = new Set<string>();
  #failures = 0;
  #open = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#entries = options.storage
      .all()
      .map((entry) => (entry.state === "sending" ? { ...entry, state: "waiting" as const } : entry))
      .sort((a, b) => (a.queuedAt < b.queuedAt ? -1 : a.queuedAt > b.queuedAt ? 1 : 0));
  }

  get entries(): readonly OutboxEntry[] {
    return this.#entries;
  }

  add(message: NewMessage): OutboxEntry {
    const entry: OutboxEntry = {
      id: message.id ?? newId(),
      conversation: message.conversation,
      ...(message.newConversation === undefined ? {} : { newConversation: message.newConversation }),
      body: message.body,
      attachments: message.attachments ?? [],
      kind: message.kind ?? "message",
      ...(message.context ? { context: message.context } : {}),
      queuedAt: this.#later(),
      state: "waiting",
      tried: false,
    };
    this.#entries.push(entry);
    this.#options.storage.put(entry);
    this.#changed();
    this.#flush();
    return entry;
  }

  /** The connection can send now: what only waited for one goes at once, what the server asked to wait does not. */
  open(): void {
    this.#open = true;
    this.#failures = 0;
    for (const entry of [...this.#entries]) {
      if (entry.retryAt && !entry.error) this.#replace(entry, { retryAt: 0 });
    }
    this.#flush();
  }

  close(): void {
    this.#open = false;
    clearTimeout(this.#timer);
  }

  /** Try a refused message again: not before the server allows, with a new id where the old one is taken. */
  retry(id: string): void {
    const entry = this.#find(id);
    if (entry?.state !== "refused") return;
    const { error, retryAt } = entry;
    const taken = error?.status === 409;
    this.#replace(entry, {
      ...(error && retryAt ? { error, retryAt } : {}),
      id: taken ? newId() : entry.id,
      tried: taken ? false : entry.tried,
      state: "waiting",
    });
    this.#flush();
  }

  /** The same words in another conversation, for one that has ended. */
  move(id: string, to: Pick<OutboxEntry, "conversation" | "newConversation" | "context">): void {
    const entry = this.#find(id);
    if (entry?.state !== "refused") return;
    const { newConversation: _, ...rest } = entry;
    this.#replace({ ...rest, id }, { ...to, id: newId(), tried: false, state: "waiting" });
    this.#flush();
  }

  discard(id: string): OutboxEntry | undefined {
    const entry = this.#find(id);
    if (entry) this.#remove(entry);
    return entry;
  }

  /** Everything unsent is gone, as at logout. */
  clear(): void {
    for (const entry of [...this.#entries]) this.#remove(entry);
  }

  /** The message arrived as an event before its ack, or in place of it. */
  seen(message: Pick<Message, "clientId" | "conversation">): void {
    const entry = message.clientId ? this.#find(message.clientId) : undefined;
    if (!entry) return;
    this.#adopt(entry, message.conversation);
    this.#remove(entry);
    this.#flush();
  }

  #flush(): void {
    if (!this.#open) return;
    clearTimeout(this.#timer);
    const now = Date.now();
    const passed = new Set<string>();
    let next = Number.POSITIVE_INFINITY;
    for (const entry of [...this.#entries]) {
      const lane = laneOf(entry);
      if (entry.state === "refused" || passed.has(lane)) continue;
      passed.add(lane);
      if (this.#busy.has(lane)) continue;
      const wait = (entry.retryAt ?? 0) - now;
      if (wait <= 0) void this.#send(entry);
      else next = Math.min(next, wait);
    }
    if (next < Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.#flush(), next);
  }

  async #send(waiting: OutboxEntry): Promise<void> {
    const lane = laneOf(waiting);
    this.#busy.add(lane);
    const entry = this.#replace(waiting, { state: "sending", tried: true });
    try {
      const ack = await this.#options.send(frameOf(entry));
      this.#failures = 0;
      this.#sent(entry, ack);
    } catch (error) {
      this.#notSent(entry, error);
    }
    this.#busy.delete(lane);
    this.#flush();
  }

  #sent(entry: OutboxEntry, ack: AckFrame): void {
    const conversation = ack.conversation ?? ack.message?.conversation;
    if (conversation) this.#adopt(entry, conversation);
    const here = this.#find(entry.id);
    if (here) this.#remove(here);
    this.#options.onSent?.(entry, ack);
  }

  #notSent(sent: OutboxEntry, error: unknown): void {
    const entry = this.#find(sent.id);
    if (!entry) return;
    const refusal = error instanceof Refused ? error : null;
    const told = refusal && { error: plain(refusal) };
    const asked = refusal?.retryAfter === undefined ? null : Date.now() + refusal.retryAfter * 1000;
    if (refusal?.status === 401) {
      // Nothing against this message: a login, here or in another tab, replaced the token while it was on its way.
      // The server closes this socket, and whoever connects next says it.
      this.#replace(entry, { state: "waiting", retryAt: Number.POSITIVE_INFINITY });
    } else if (refusal && !isTemporary(refusal)) {
      this.#replace(entry, { state: "refused", ...told, ...(asked && { retryAt: asked }) });
    } else {
      const retryAt = asked ?? Date.now() + backoff(this.#failures, this.#options.random);
      this.#failures += 1;
      this.#replace(entry, { state: "waiting", ...told, retryAt });
    }
  }

  /** The new conversation has its id: messages that wait behind go there by name. */
  #adopt(opened: OutboxEntry, conversation: string): void {
    if (opened.conversation !== null || !opened.newConversation) return;
    for (const entry of [...this.#entries]) {
      if (entry.newConversation !== opened.newConversation || entry.tried) continue;
      this.#replace(entry, { conversation });
    }
  }

  #replace(entry: OutboxEntry, change: Partial<OutboxEntry>): OutboxEntry {
    const { error: _, retryAt: __, ...kept } = entry;
    const next: OutboxEntry = { ...kept, ...change };
    const index = this.#entries.findIndex(({ id }) => id === entry.id);
    if (index < 0) return next;
    this.#entries[index] = next;
    if (next.id !== entry.id) this.#options.storage.remove(entry.id);
    this.#options.storage.put(next);
    this.#changed();
    return next;
  }

  #remove(entry: OutboxEntry): void {
    const index = this.#entries.findIndex(({ id }) => id === entry.id);
    if (index < 0) return;
    this.#entries.splice(index, 1);
    this.#options.storage.remove(entry.id);
    this.#changed();
  }

  #find(id: string): OutboxEntry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  /** Two messages in one millisecond, or a clock set back, keep the order they were written in. */
  #later(): string {
    const last = this.#entries.at(-1)?.queuedAt;
    const now = Date.now();
    return new Date(last ? Math.max(now, Date.parse(last) + 1) : now).toISOString();
  }

  #changed(): void {
    this.#options.onChange?.();
  }
}

/** What must stay in order: one conversation, under the name it has by now. */
function laneOf(entry: OutboxEntry): string {
  return entry.conversation ?? entry.newConversation ?? entry.id;
}

function frameOf(entry: OutboxEntry): SendFrame {
  const opens = entry.conversation === null && entry.newConversation !== undefined;
  return {
    op: "send",
    id: entry.id,
    conversation: entry.conversation,
    ...(opens ? { newConversation: entry.newConversation as string } : {}),
    body: entry.body,
    attachments: entry.attachments,
    kind: entry.kind,
    ...(opens && entry.context ? { context: entry.context } : {}),
  };
}

/** Unsent messages that a reload may lose, for tests and where no storage is allowed. */
export function memoryStorage(): OutboxStorage {
  const entries = new Map<string, OutboxEntry>();
  return {
    all: () => [...entries.values()],
    put: (entry) => void entries.set(entry.id, entry),
    remove: (id) => void entries.delete(id),
  };
}
