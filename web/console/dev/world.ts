import { randomBytes } from "node:crypto";

/** An organisation in memory: records, and a journal that everything live is read from. */
export type Json = Record<string, unknown>;

export interface JournalEvent {
  position: number;
  id: string;
  kind: string;
  at: string;
  topics: string[];
  customer: string | null;
  conversation: string | null;
  actor: Json;
  data: Json;
}

export const newId = (): string => randomBytes(12).toString("hex");

export class World {
  readonly organisation: Json = {
    id: newId(),
    name: "Fernweh Outdoor",
    widgetKey: "wk_5f3c9a81d2",
    demoShopUrl: "http://localhost:8081/",
  };
  readonly agents = new Map<string, Json>();
  readonly customers = new Map<string, Json>();
  readonly conversations = new Map<string, Json>();
  readonly tags = new Map<string, Json>();
  readonly queues = new Map<string, Json>();
  readonly teams = new Map<string, Json>();
  readonly drafts = new Map<string, Json>();
  readonly attachments = new Map<string, Json>();
  readonly journal: JournalEvent[] = [];
  readonly listeners = new Set<(event: JournalEvent) => void>();
  capacity = 4;
  me = "";

  get position(): number {
    return this.journal.length;
  }

  record(
    kind: string,
    data: Json,
    where: { at: string; actor: Json; customer?: string; conversation?: string },
  ): JournalEvent {
    const { customer = null, conversation = null } = where;
    const topics = ["inbox"];
    if (conversation !== null) topics.push(`conversation:${conversation}`);
    if (customer !== null) topics.push(`customer:${customer}`);
    const event: JournalEvent = {
      position: this.position + 1,
      id: newId(),
      kind,
      at: where.at,
      topics,
      customer,
      conversation,
      actor: where.actor,
      data,
    };
    this.journal.push(event);
    for (const listener of this.listeners) listener(event);
    return event;
  }

  agent(name: string, status: string, extra: Json = {}): string {
    const id = newId();
    this.agents.set(id, {
      id,
      displayName: name,
      email: `${name.split(" ")[0]?.toLowerCase()}@fernweh.test`,
      status,
      reason: null,
      load: 2,
      ...extra,
    });
    return id;
  }

  customer(name: string, extra: Json = {}): string {
    const id = newId();
    this.customers.set(id, {
      id,
      displayName: name,
      emails: [],
      phones: [],
      externalId: null,
      identified: false,
      avatarUrl: null,
      createdAt: "2026-08-02T10:00:00.000Z",
      lastSeenAt: new Date().toISOString(),
      claims: {},
      custom: {},
      ...extra,
    });
    return id;
  }

  open(customer: string, at: string, extra: Json = {}): string {
    const id = newId();
    const conversation: Json = {
      id,
      customer,
      customerName: this.customers.get(customer)?.displayName,
      name: null,
      status: "open",
      snooze: null,
      channel: "chat",
      queue: [...this.queues.keys()][0] ?? null,
      assignedUsers: [],
      assignedTeams: [],
      tags: [],
      priority: 3,
      preview: "",
      lastMessageAt: at,
      lastMessageDirection: null,
      lastMessageUnrespondedTo: null,
      createdAt: at,
      ended: false,
      messageCount: 0,
      noteCount: 0,
      context: null,
      ...extra,
    };
    this.conversations.set(id, conversation);
    this.record(
      "conversation.opened",
      { conversation: { ...conversation }, customer: this.customers.get(customer) },
      {
        at,
        actor: this.customerActor(customer),
        customer,
        conversation: id,
      },
    );
    return id;
  }

  say(
    conversation: string,
    body: string,
    options: {
      by?: string;
      at?: string;
      kind?: "message" | "note";
      clientId?: string;
      attachments?: Json[];
    } = {},
  ): JournalEvent {
    const record = this.conversations.get(conversation) as Json;
    const {
      by,
      at = new Date().toISOString(),
      kind = "message",
      clientId = null,
      attachments = [],
    } = options;
    const isIn = by === undefined;
    const message: Json = {
      id: newId(),
      conversation,
      customer: record.customer,
      direction: isIn ? "in" : "out",
      kind,
      channel: "chat",
      body,
      clientId,
      sentAt: at,
      sentBy: isIn ? this.customerActor(record.customer as string) : this.agentActor(by),
      attachments,
    };
    if (kind === "message") {
      Object.assign(record, {
        preview: body,
        lastMessageAt: at,
        lastMessageDirection: message.direction,
        lastMessageUnrespondedTo: isIn ? (record.lastMessageUnrespondedTo ?? at) : null,
      });
      if (isIn && record.status !== "open")
        this.change(conversation, { status: "open", snooze: null }, { at });
    }
    return this.record(
      kind === "note" ? "note.created" : "message.created",
      { message },
      {
        at,
        actor: message.sentBy as Json,
        customer: record.customer as string,
        conversation,
      },
    );
  }

  change(
    conversation: string,
    fields: Json,
    { at = new Date().toISOString(), by }: { at?: string; by?: string } = {},
  ): void {
    const record = this.conversations.get(conversation) as Json;
    const changes = Object.fromEntries(
      Object.entries(fields)
        .filter(([field, after]) => JSON.stringify(record[field]) !== JSON.stringify(after))
        .map(([field, after]) => [field, { before: record[field], after }]),
    );
    Object.assign(record, fields);
    if (Object.keys(changes).length === 0) return;
    this.record(
      "conversation.updated",
      { conversation, changes },
      {
        at,
        actor: by === undefined ? this.system() : this.agentActor(by),
        customer: record.customer as string,
        conversation,
      },
    );
  }

  assign(
    conversation: string,
    agents: string[],
    reason: string | null,
    { at = new Date().toISOString(), by, queue }: { at?: string; by?: string; queue?: string } = {},
  ): void {
    const record = this.conversations.get(conversation) as Json;
    record.assignedUsers = agents;
    if (queue !== undefined) record.queue = queue;
    this.record(
      "conversation.assigned",
      {
        conversation,
        queue: record.queue,
        assignedUsers: agents.map((id) => ({ id, displayName: this.agents.get(id)?.displayName })),
        assignedTeams: [],
        reason: reason === null ? null : { code: "routing", text: reason },
      },
      {
        at,
        actor: by === undefined ? this.system() : this.agentActor(by),
        customer: record.customer as string,
        conversation,
      },
    );
  }

  visit(conversation: string, path: string, title: string, at: string): void {
    const record = this.conversations.get(conversation) as Json;
    const page = { url: `https://shop.fernweh.test${path}`, title, at };
    const context = (record.context ?? { pages: [] }) as Json;
    record.context = {
      ...context,
      pages: [...(context.pages as Json[]), page].slice(-20),
      currentPage: page,
    };
    this.record(
      "page.viewed",
      { ...page, conversation, customer: record.customer },
      {
        at,
        actor: this.customerActor(record.customer as string),
        customer: record.customer as string,
        conversation,
      },
    );
  }

  setStatus(agent: string, status: string, reason: string | null): void {
    const record = this.agents.get(agent) as Json;
    Object.assign(record, { status, reason });
    const at = new Date().toISOString();
    this.record(
      "agent.status_changed",
      { user: agent, displayName: record.displayName, status, reason, at },
      { at, actor: this.agentActor(agent) },
    );
  }

  agentActor(id: string): Json {
    return { type: "user", id, displayName: this.agents.get(id)?.displayName ?? "" };
  }

  customerActor(id: string): Json {
    return { type: "customer", id, displayName: this.customers.get(id)?.displayName ?? "" };
  }

  system(): Json {
    return { type: "system", id: null, displayName: "Kithdesk" };
  }
}
