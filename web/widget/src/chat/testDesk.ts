import type {
  ClientFrame,
  LiveSocket,
  Message,
  OutboxStorage,
  ServerFrame,
  VisitorEvent,
} from "@kithdesk/api-client";
import { memoryStorage } from "@kithdesk/api-client";
import { vi } from "vitest";
import type { Announcement } from "./announcements.ts";
import { Chat } from "./chat.ts";
import type { ChatWait, Conversation } from "./shapes.ts";

/** The other end of a chat: answers HTTP from what it holds, and speaks the live protocol when the test says so. */
export class TestDesk {
  readonly sent: ClientFrame[] = [];
  readonly announced: Announcement[] = [];
  readonly asked: boolean[] = [];
  conversations: Conversation[] = [];
  messages: Message[] = [];
  /** How every conversation waits. */
  wait: ChatWait | null = null;
  readonly described: unknown[] = [];
  position = 10;
  reachable = true;
  tokens: string[] = ["T1", "T2", "T3"];
  readonly storage: OutboxStorage;
  readonly chat: Chat;
  #socket: LiveSocket | null = null;

  constructor(storage = memoryStorage()) {
    this.storage = storage;
    vi.stubGlobal("fetch", (url: string, init?: RequestInit) => this.#answer(String(url), init));
    this.chat = new Chat({
      base: "",
      client: "test/1",
      askToken: (refused) => {
        this.asked.push(refused);
        return Promise.resolve(this.tokens.shift() ?? "");
      },
      storage,
      context: () => ({ pages: [], language: "en", timeZone: "UTC" }),
      announce: (announcement) => void this.announced.push(announcement),
      connect: () => () => this.#open(),
    });
  }

  says(frame: ServerFrame | Record<string, unknown>): void {
    this.#socket?.onmessage?.({ data: JSON.stringify(frame) });
  }

  happens(kind: VisitorEvent["kind"], data: object): void {
    this.position += 1;
    this.says({ op: "event", topic: "visitor", position: this.position, event: { kind, at: "", data } });
  }

  closes(code: number): void {
    this.#socket?.onclose?.({ code });
  }

  heard<Op extends ClientFrame["op"]>(op: Op): Extract<ClientFrame, { op: Op }>[] {
    return this.sent.filter((frame) => frame.op === op) as never;
  }

  #open(): LiveSocket {
    const socket: LiveSocket = {
      onopen: null,
      onmessage: null,
      onclose: null,
      send: (data) => this.#hear(JSON.parse(data)),
      close: () => undefined,
    };
    this.#socket = socket;
    queueMicrotask(() => (this.reachable ? socket.onopen?.() : socket.onclose?.({ code: 1006 })));
    return socket;
  }

  #hear(frame: ClientFrame): void {
    this.sent.push(frame);
    if (frame.op === "hello")
      this.says({ op: "welcome", session: "s", heartbeat: 25, position: this.position });
    if (frame.op === "subscribe")
      this.says({ op: "subscribed", topic: frame.topic, position: this.position });
  }

  #answer(url: string, init?: RequestInit): Promise<Response> {
    if (!this.reachable) return Promise.reject(new TypeError("Failed to fetch"));
    if (url.endsWith("/customers/current")) this.described.push(JSON.parse(String(init?.body)));
    if (url.endsWith("/wait")) return Promise.resolve(Response.json({ data: { attributes: this.wait } }));
    const rows: { id: string }[] = url.includes("/messages") ? this.messages : this.conversations;
    const data = rows.map((row) => ({ id: row.id, attributes: row }));
    const headers = { "X-Kithdesk-Position": String(this.position) };
    return Promise.resolve(Response.json({ data, meta: {} }, { headers }));
  }
}

/** The desk of a visitor who has written before. */
export async function somebody(prepare: (desk: TestDesk) => void = () => undefined): Promise<TestDesk> {
  const desk = new TestDesk();
  prepare(desk);
  desk.chat.become("T0");
  await settle();
  return desk;
}

let count = 0;

export function aMessage(given: Partial<Message> = {}): Message {
  count += 1;
  return {
    id: `m${String(count).padStart(4, "0")}`,
    conversation: "c1",
    customer: "v1",
    direction: "out",
    kind: "message",
    channel: "chat",
    body: "Hello",
    clientId: null,
    sentAt: new Date(1_700_000_000_000 + count * 1000).toISOString(),
    sentBy: { type: "user", id: "u1", displayName: "Ana Lima" },
    attachments: [],
    ...given,
  };
}

export function aConversation(given: Partial<Conversation> = {}): Conversation {
  return {
    id: "c1",
    status: "open",
    ended: false,
    endedAt: null,
    elsewhere: false,
    createdAt: "2026-01-01T10:00:00.000Z",
    lastMessageAt: "2026-01-01T10:00:00.000Z",
    lastMessageDirection: "in",
    preview: "Hello",
    unread: 0,
    assignee: null,
    name: null,
    ...given,
  };
}

export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await vi.advanceTimersByTimeAsync(0);
}
