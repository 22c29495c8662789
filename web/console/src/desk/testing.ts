import type { AgentEvent, LiveCustomer, Message, PageViewed, SentBy } from "@kithdesk/api-client";

import { belongs, type Counts, LIST_NAMES, type ListName, sortKey } from "./lists.ts";
import { type Conversation, NO_CONTEXT, type Status } from "./types.ts";

export const ME = "me";
export const AT = "2026-11-24T12:00:00.000Z";

type Kind = AgentEvent["kind"];
type EventOf<Of extends Kind> = Extract<AgentEvent, { kind: Of }>;

/** An event as the server tells agents of it. */
export function told<Of extends Kind>(kind: Of, data: EventOf<Of>["data"], actor?: SentBy): EventOf<Of> {
  return { kind, at: AT, data, ...(actor && { actor }) } as EventOf<Of>;
}

export function anAgent(id: string, displayName: string): SentBy {
  return { type: "user", id, displayName };
}

export function aMessage(over: Partial<Message> = {}): Message {
  return {
    id: "m1",
    conversation: "c1",
    customer: "k1",
    direction: "in",
    kind: "message",
    channel: "chat",
    body: "Hi",
    clientId: null,
    sentAt: AT,
    sentBy: { type: "customer", id: "k1", displayName: "Maya Lindqvist" },
    attachments: [],
    ...over,
  };
}

export function aPageView(over: Partial<PageViewed> = {}): PageViewed {
  return {
    conversation: "c1",
    customer: "k1",
    url: "https://shop.test/",
    title: "",
    at: AT,
    session: null,
    referrer: null,
    utm: {},
    device: null,
    browser: null,
    os: null,
    ...over,
  };
}

export function aLiveCustomer(over: Partial<LiveCustomer> = {}): LiveCustomer {
  return {
    id: "k1",
    displayName: "Maya Lindqvist",
    name: "Maya Lindqvist",
    emails: [],
    phones: [],
    externalId: null,
    identified: false,
    avatarUrl: null,
    company: null,
    createdAt: AT,
    lastSeenAt: AT,
    claims: {},
    ...over,
  };
}

export function aConversation(over: Partial<Conversation> = {}): Conversation {
  return {
    id: "c1",
    customer: "k1",
    customerName: "Maya Lindqvist",
    name: null,
    status: "open",
    snoozedUntil: null,
    channel: "chat",
    queue: "q1",
    assignedUsers: [],
    assignedTeams: [],
    tags: [],
    preferredUser: null,
    skills: [],
    preview: "Hello",
    lastMessageAt: "2026-11-24T10:00:00.000Z",
    lastMessageDirection: "in",
    waitingSince: "2026-11-24T10:00:00.000Z",
    createdAt: "2026-11-24T10:00:00.000Z",
    ended: false,
    signedIn: null,
    isUnread: false,
    sla: null,
    context: NO_CONTEXT,
    position: 0,
    ...over,
  };
}

/** A server in a few lines, for tests of the desk: it changes conversations, and tells of each change in an event. */
export class TinyServer {
  readonly conversations = new Map<string, Conversation>();
  readonly journal: { position: number; event: AgentEvent }[] = [];
  #clock = Date.parse("2026-11-24T10:00:00.000Z");

  get position(): number {
    return this.journal.length;
  }

  open(): void {
    const id = `c${String(this.conversations.size).padStart(4, "0")}`;
    const at = this.#tick();
    const conversation = aConversation({
      id,
      lastMessageAt: at,
      createdAt: at,
      waitingSince: at,
      isUnread: false,
    });
    this.conversations.set(id, conversation);
    this.#tell("conversation.opened", {
      conversation: {
        id,
        customer: conversation.customer,
        customerName: conversation.customerName,
        name: null,
        status: "open",
        snooze: null,
        channel: "chat",
        queue: conversation.queue,
        assignedUsers: [],
        assignedTeams: [],
        tags: [],
        priority: 3,
        preview: conversation.preview,
        lastMessageAt: at,
        lastMessageDirection: "in",
        lastMessageUnrespondedTo: at,
        createdAt: at,
        ended: false,
        signedIn: null,
        messageCount: 1,
        noteCount: 0,
        context: { ...NO_CONTEXT, languages: [], screen: null, landing: null, utm: {} },
      },
      customer: aLiveCustomer(),
      session: null,
    });
  }

  say(id: string, direction: "in" | "out"): void {
    const known = this.#get(id);
    const at = this.#tick();
    this.conversations.set(id, {
      ...known,
      preview: `${direction} ${at}`,
      lastMessageAt: at,
      lastMessageDirection: direction,
      waitingSince: direction === "in" ? (known.waitingSince ?? at) : null,
      isUnread: direction === "in",
    });
    this.#tell("message.created", {
      message: aMessage({
        id: `m${this.position}`,
        conversation: id,
        direction,
        body: `${direction} ${at}`,
        sentAt: at,
      }),
    });
  }

  setStatus(id: string, after: Status): void {
    const known = this.#get(id);
    if (known.status === after) return;
    this.conversations.set(id, { ...known, status: after });
    this.#tell("conversation.updated", {
      conversation: id,
      customer: known.customer,
      changes: { status: { before: known.status, after } },
      cause: "agent",
    });
  }

  assign(id: string, assignedUsers: string[]): void {
    this.conversations.set(id, { ...this.#get(id), assignedUsers });
    this.#tell("conversation.assigned", {
      conversation: id,
      queue: "q1",
      assignedUsers: assignedUsers.map((user) => ({ id: user, displayName: user })),
      assignedTeams: [],
      reason: { code: "by_hand", text: "By hand." },
    });
  }

  list(name: ListName): Conversation[] {
    return [...this.conversations.values()]
      .filter((conversation) => belongs(name, conversation, ME))
      .sort((one, other) => (sortKey(one) < sortKey(other) ? 1 : -1))
      .map((conversation) => ({ ...conversation, position: this.position }));
  }

  counts(): Counts {
    return Object.fromEntries(LIST_NAMES.map((name) => [name, this.list(name).length])) as unknown as Counts;
  }

  #get(id: string): Conversation {
    const known = this.conversations.get(id);
    if (known === undefined) throw new Error(`no ${id}`);
    return known;
  }

  #tell<Of extends Kind>(kind: Of, data: EventOf<Of>["data"]): void {
    this.journal.push({ position: this.position + 1, event: told(kind, data) });
  }

  #tick(): string {
    this.#clock += 1000;
    return new Date(this.#clock).toISOString();
  }
}

/** Repeatable chance: the same seed gives the same run. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
