import { randomBytes } from "node:crypto";

/** One visitor-facing desk in memory: enough of the contract to look at the widget and to drive it. */
export class Desk {
  position = 0;
  settings = {
    enabled: true,
    brandId: null,
    teamName: "Fernweh Outdoor",
    teamIconUrl: null,
    greeting: "Hi there. What are you planning?",
    waitMessage: "We usually answer within a few minutes.",
    colors: { accent: "#0c665a" },
    showTypingIndicatorWeb: true,
    showTypingIndicatorCustomerWeb: true,
    closableChat: true,
    noHistory: false,
    singleSessionChat: false,
    offhoursDisplay: "online",
    offhoursMessage: "",
    businessHours: null,
    widgetType: "chat",
    locale: null,
    attachments: {
      enabled: true,
      maxBytes: 5_242_880,
      maxTotalBytes: 9_961_472,
      types: ["image/png", "image/jpeg", "application/pdf", "text/plain", "application/zip"],
    },
    allowedDomains: [],
  };
  visitors = new Map();
  conversations = new Map();
  opened = new Map();
  sends = new Map();
  files = new Map();
  events = [];
  sockets = new Set();
  /** What every client sent, for scripts that check. */
  heard = [];
  requests = [];

  newVisitor() {
    const token = randomBytes(18).toString("base64url");
    const visitor = { id: id(), token, identified: false, customerId: null };
    this.visitors.set(token, visitor);
    return visitor;
  }

  open(visitor, given = {}) {
    const conversation = {
      id: id(),
      owner: visitor.id,
      messages: [],
      attributes: {
        status: "open",
        ended: false,
        endedAt: null,
        createdAt: now(),
        lastMessageAt: null,
        preview: null,
        lastMessageDirection: null,
        unread: 0,
        assignee: null,
        name: null,
        ...given,
      },
    };
    this.conversations.set(conversation.id, conversation);
    this.tell(visitor.id, "conversation.opened", {
      conversation: { id: conversation.id, status: "open", createdAt: conversation.attributes.createdAt },
    });
    return conversation;
  }

  say(conversation, given) {
    const direction = given.direction ?? "out";
    const message = {
      id: id(),
      conversation: conversation.id,
      customer: conversation.owner,
      direction,
      kind: "message",
      channel: "chat",
      body: "",
      clientId: null,
      sentAt: now(),
      sentBy:
        direction === "in"
          ? { type: "customer", id: conversation.owner, displayName: "Visitor" }
          : { type: "user", id: "a".repeat(24), displayName: "Ana Lima" },
      attachments: [],
      readAt: null,
      ...given,
    };
    conversation.messages.push(message);
    const { attributes } = conversation;
    attributes.lastMessageAt = message.sentAt;
    attributes.lastMessageDirection = direction;
    attributes.preview = message.body || message.attachments[0]?.name;
    attributes.unread = direction === "out" && !message.readAt ? attributes.unread + 1 : 0;
    this.tell(conversation.owner, "message.created", { message });
    return message;
  }

  tell(owner, kind, data) {
    this.position += 1;
    const frame = {
      op: "event",
      topic: "visitor",
      position: this.position,
      event: { kind, at: now(), data },
    };
    this.events.push({ owner, frame });
    for (const socket of this.sockets) {
      if (socket.visitor?.id === owner && socket.subscribed) socket.send(frame);
    }
  }

  signal(conversation, on, displayName = "Ana Lima") {
    for (const socket of this.sockets) {
      if (socket.visitor?.id !== conversation.owner) continue;
      socket.send({
        op: "signal",
        kind: "typing",
        conversation: conversation.id,
        by: { type: "user", id: "a".repeat(24), displayName },
        on,
      });
    }
  }

  send(visitor, frame) {
    const known = this.sends.get(visitor.id + frame.id);
    if (known) return known;
    let conversation = this.conversations.get(frame.conversation ?? this.opened.get(frame.newConversation));
    if (conversation?.attributes.ended) {
      return {
        op: "refused",
        id: frame.id,
        error: { status: 409, code: "conversation_ended", title: "This conversation has ended" },
      };
    }
    if (!conversation) {
      conversation = this.open(visitor);
      this.opened.set(frame.newConversation, conversation.id);
    }
    const attachments = frame.attachments.map((file) => this.files.get(file).attributes);
    const message = this.say(conversation, {
      direction: "in",
      body: frame.body,
      clientId: frame.id,
      attachments,
    });
    const ack = {
      op: "ack",
      id: frame.id,
      message,
      conversation: conversation.id,
      position: this.position,
    };
    this.sends.set(visitor.id + frame.id, ack);
    return ack;
  }
}

let counter = 0;

export function id() {
  counter += 1;
  return (
    Math.floor(Date.now() / 1000)
      .toString(16)
      .padStart(8, "0") + counter.toString(16).padStart(16, "0")
  );
}

export const now = () => new Date().toISOString();
