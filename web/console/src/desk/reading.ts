import type {
  Actor,
  Agent,
  Conversation,
  Customer,
  Message,
  MessageAttachment,
  PageView,
  Presence,
  VisitContext,
} from "./types.ts";
import { NO_CONTEXT } from "./types.ts";

/*
 * From the wire to the desk's shapes. HTTP and live events name a few things differently; after this file nobody
 * needs to know. Fields that are missing or of another type become empty ones: one odd record must not take the
 * screen down.
 */

type Json = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: Json;
  readonly relationships?: Readonly<Record<string, { readonly data?: { readonly id: string } | null }>>;
}

export function conversationFromResource(resource: Resource, position: number): Conversation {
  const related = (name: string): string | null => resource.relationships?.[name]?.data?.id ?? null;
  return readConversation(
    {
      ...resource.attributes,
      id: resource.id,
      customer: related("customer") ?? resource.attributes.customer,
      queue: related("queue") ?? resource.attributes.queue,
    },
    position,
  );
}

export function readConversation(json: Json, position: number): Conversation {
  return {
    id: text(json.id),
    customer: idOf(json.customer) ?? "",
    customerName: text(json.customerName),
    name: textOrNull(json.name),
    status: json.status === "done" || json.status === "snoozed" ? json.status : "open",
    snoozedUntil: readSnooze(json.snooze),
    channel: textOrNull(json.channel) ?? texts(json.channels)[0] ?? "chat",
    queue: idOf(json.queue),
    assignedUsers: texts(json.assignedUsers),
    assignedTeams: texts(json.assignedTeams),
    tags: texts(json.tags),
    preview: text(json.preview),
    lastMessageAt: textOrNull(json.lastMessageAt),
    lastMessageDirection:
      json.lastMessageDirection === "in" || json.lastMessageDirection === "out"
        ? json.lastMessageDirection
        : null,
    waitingSince: readMoment(json.lastMessageUnrespondedTo),
    createdAt: text(json.createdAt),
    ended: json.ended === true,
    isUnread: (numberOrNull(json.unreadCount) ?? 0) > 0,
    context: readContext(json.context),
    position,
  };
}

export function readSnooze(value: unknown): string | null {
  return isJson(value) ? (textOrNull(value.time) ?? textOrNull(value.until)) : null;
}

export function readContext(value: unknown): VisitContext {
  if (!isJson(value)) return NO_CONTEXT;
  return {
    device: textOrNull(value.device),
    browser: textOrNull(value.browser),
    os: textOrNull(value.os),
    language: textOrNull(value.language),
    referrer: textOrNull(value.referrer),
    timeZone: textOrNull(value.timeZone),
    pages: list(value.pages)
      .map(readPage)
      .filter((page) => page !== null),
    currentPage: readPage(value.currentPage),
  };
}

export function readPage(value: unknown): PageView | null {
  if (!isJson(value) || typeof value.url !== "string") return null;
  return { url: value.url, title: text(value.title), at: text(value.at) };
}

export function customerFromResource(resource: Resource): Customer {
  return readCustomer({ ...resource.attributes, id: resource.id });
}

export function readCustomer(json: Json): Customer {
  return {
    id: text(json.id),
    displayName: text(json.displayName),
    emails: list(json.emails)
      .filter(isJson)
      .map((email) => ({ email: text(email.email), verified: email.verified === true }))
      .filter(({ email }) => email !== ""),
    phones: list(json.phones)
      .filter(isJson)
      .map((phone) => ({ phone: text(phone.phone), verified: phone.verified === true }))
      .filter(({ phone }) => phone !== ""),
    externalId: textOrNull(json.externalId),
    identified: json.identified === true || json.verified === true,
    createdAt: text(json.createdAt),
    lastSeenAt: textOrNull(json.lastSeenAt),
    claims: pairs(json.claims),
    custom: pairs(json.custom),
  };
}

export function agentFromStatus(resource: Resource): Agent {
  const { attributes } = resource;
  return {
    id: resource.id,
    displayName: text(attributes.displayName),
    status: readPresence(attributes.status),
    reason: textOrNull(attributes.reason),
    changedAt: textOrNull(attributes.changedAt),
    load: numberOrNull(attributes.load),
    capacity: numberOrNull(attributes.capacity),
  };
}

export function readPresence(value: unknown): Presence {
  return value === "available" || value === "busy" || value === "unavailable" ? value : "offline";
}

export function readMessage(json: Json): Message {
  return {
    id: text(json.id),
    conversation: idOf(json.conversation) ?? "",
    customer: idOf(json.customer) ?? "",
    direction: json.direction === "out" ? "out" : "in",
    kind: json.kind === "note" ? "note" : "message",
    channel: text(json.channel),
    body: text(json.body),
    clientId: textOrNull(json.clientId),
    sentAt: text(json.sentAt),
    sentBy: readActor(json.sentBy),
    attachments: list(json.attachments).filter(isJson).map(readAttachment),
    readAt: textOrNull(json.readAt),
  };
}

export function readAttachment(json: Json): MessageAttachment {
  return {
    id: text(json.id),
    name: text(json.name),
    contentType: text(json.contentType),
    contentLength: numberOrNull(json.contentLength) ?? 0,
    width: numberOrNull(json.width),
    height: numberOrNull(json.height),
    hasThumbnail: json.hasThumbnail === true,
  };
}

export function readActor(value: unknown): Actor {
  if (!isJson(value)) return { type: "system", id: null, displayName: "" };
  const { type } = value;
  return {
    type: type === "customer" || type === "user" || type === "machine" ? type : "system",
    id: textOrNull(value.id),
    displayName: text(value.displayName),
  };
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

export function numberOrNull(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Ids come bare, or as an object that has one. */
export function texts(value: unknown): string[] {
  return list(value)
    .map(idOf)
    .filter((id) => id !== null);
}

export function idOf(value: unknown): string | null {
  return isJson(value) ? textOrNull(value.id) : textOrNull(value);
}

/** Kustomer's shape is an object with the message's time, ours is the time itself. */
function readMoment(value: unknown): string | null {
  return isJson(value) ? (textOrNull(value.sentAt) ?? textOrNull(value.createdAt)) : textOrNull(value);
}

/** Pages that can only pass text on write their empty lists like this. */
const WRITTEN_EMPTY = new Set(["", "[]", "{}"]);

/** Named values as text, whatever their shape; what is empty is not there. */
function pairs(value: unknown): (readonly [string, string])[] {
  if (!isJson(value)) return [];
  return Object.entries(value).flatMap(([name, content]) => {
    if (isJson(content)) return pairs(content);
    const words = wordsOf(content);
    return words === "" ? [] : [[name, words] as const];
  });
}

function wordsOf(content: unknown): string {
  if (Array.isArray(content))
    return content
      .map(wordsOf)
      .filter((words) => words !== "")
      .join(", ");
  if (isJson(content)) return wordsOf(Object.values(content).find((part) => typeof part === "string"));
  const words = content === null || content === undefined ? "" : String(content).trim();
  return WRITTEN_EMPTY.has(words) ? "" : words;
}
