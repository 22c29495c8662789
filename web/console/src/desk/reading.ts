import { valueWords } from "../attributes/value-words.ts";
import type {
  Agent,
  Conversation,
  Customer,
  EmailAddress,
  MessageAttachment,
  PageView,
  PhoneNumber,
  Presence,
  Sla,
  VisitContext,
} from "./types.ts";
import { NO_CONTEXT } from "./types.ts";

/*
 * From the API's resources to the desk's shapes. Their attributes are not typed: fields that are missing or of another
 * type become empty ones, for one odd record must not take the screen down. What events bring is typed, and read in
 * `from-events.ts`.
 */

type Json = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: Json;
  readonly relationships?: Readonly<Record<string, { readonly data?: { readonly id: string } | null }>>;
}

export function conversationFromResource(resource: Resource, position: number): Conversation {
  const json = resource.attributes;
  const related = (name: string): string | null => resource.relationships?.[name]?.data?.id ?? null;
  return {
    id: resource.id,
    customer: related("customer") ?? "",
    customerName: text(json.customerName),
    name: textOrNull(json.name),
    status: json.status === "done" || json.status === "snoozed" ? json.status : "open",
    snoozedUntil: readSnooze(json.snooze),
    channel: texts(json.channels)[0] === "email" ? "email" : "chat",
    queue: related("queue"),
    assignedUsers: texts(json.assignedUsers),
    assignedTeams: texts(json.assignedTeams),
    tags: texts(json.tags),
    preferredUser: related("preferredUser"),
    skills: texts(json.skills),
    preview: text(json.preview),
    lastMessageAt: textOrNull(json.lastMessageAt),
    lastMessageDirection:
      json.lastMessageDirection === "in" || json.lastMessageDirection === "out"
        ? json.lastMessageDirection
        : null,
    waitingSince: readMoment(json.lastMessageUnrespondedTo),
    createdAt: text(json.createdAt),
    ended: json.ended === true,
    signedIn: typeof json.signedIn === "boolean" ? json.signedIn : null,
    isUnread: (numberOrNull(json.unreadCount) ?? 0) > 0,
    sla: readSla(json.sla),
    context: readContext(json.context),
    position,
  };
}

function readSnooze(value: unknown): string | null {
  return isJson(value) ? textOrNull(value.time) : null;
}

function readSla(value: unknown): Sla | null {
  if (!isJson(value) || !isJson(value.metrics)) return null;
  const metrics = Object.entries(value.metrics).flatMap(([name, clock]) =>
    isJson(clock) ? [[name, readClock(clock)] as const] : [],
  );
  return {
    id: text(value.id),
    name: text(value.name),
    status: readStatus(value.status),
    metrics: Object.fromEntries(metrics),
  };
}

function readClock(json: Json): Sla["metrics"][string] {
  return {
    status: readStatus(json.status),
    startedAt: text(json.startedAt),
    breachAt: textOrNull(json.breachAt),
    breached: json.breached === true,
    warned: json.warned === true,
    satisfiedAt: textOrNull(json.satisfiedAt),
  };
}

function readStatus(value: unknown): Sla["status"] {
  return value === "pending" || value === "paused" ? value : "done";
}

function readContext(value: unknown): VisitContext {
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

function readPage(value: unknown): PageView | null {
  if (!isJson(value) || typeof value.url !== "string") return null;
  return { url: value.url, title: text(value.title), at: text(value.at) };
}

export function customerFromResource({ id, attributes: json, relationships }: Resource): Customer {
  const company = relationships?.company?.data?.id ?? "";
  return {
    id,
    displayName: text(json.displayName),
    name: textOrNull(json.name),
    emails: readEmails(json.emails),
    phones: readPhones(json.phones),
    externalId: textOrNull(json.externalId),
    identified: json.identified === true,
    createdAt: text(json.createdAt),
    lastSeenAt: textOrNull(json.lastSeenAt),
    timeZone: textOrNull(json.timeZone),
    company: company === "" ? null : { id: company, name: text(json.companyName) },
    tags: texts(json.tags),
    watchers: texts(json.watchers),
    others: othersOf(json),
    claims: pairs(json.claims),
    custom: isJson(json.custom) ? json.custom : {},
    rev: numberOrNull(json.rev),
  };
}

const OTHERS = [
  "whatsapps",
  "sharedEmails",
  "sharedPhones",
  "sharedExternalIds",
  "sharedWhatsapps",
  "socials",
  "sharedSocials",
  "urls",
  "locations",
] as const;

/** What else is known of a customer or a company, each with its name, in words. */
export function othersOf(json: Json): (readonly [name: string, words: string])[] {
  const birthday = textOrNull(json.birthdayAt);
  const others = OTHERS.flatMap((name) => {
    const words = wordsOf(json[name]);
    return words === "" ? [] : [[name, words] as const];
  });
  return birthday === null ? others : [["birthdayAt", valueWords("Date", birthday)], ...others];
}

export function readEmails(value: unknown): EmailAddress[] {
  return list(value)
    .filter(isJson)
    .map(({ email, type, verified }) => ({
      email: text(email),
      type: text(type) || "home",
      verified: verified === true,
    }))
    .filter(({ email }) => email !== "");
}

export function readPhones(value: unknown): PhoneNumber[] {
  return list(value)
    .filter(isJson)
    .map(({ phone, type, verified }) => ({
      phone: text(phone),
      type: text(type) || "mobile",
      verified: verified === true,
    }))
    .filter(({ phone }) => phone !== "");
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

function readPresence(value: unknown): Presence {
  return value === "available" || value === "busy" || value === "unavailable" ? value : "offline";
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

function idOf(value: unknown): string | null {
  return isJson(value) ? textOrNull(value.id) : textOrNull(value);
}

/** The message that waits for an answer, of which only the time matters here. */
function readMoment(value: unknown): string | null {
  return isJson(value) ? textOrNull(value.sentAt) : null;
}

/** Pages that can only pass text on write their empty lists like this. */
const WRITTEN_EMPTY = new Set(["", "[]", "{}"]);

/** Named values as text, whatever their shape; what is empty is not there. */
export function pairs(value: unknown): (readonly [string, string])[] {
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
  if (isJson(content)) return wordsOf(telling(content));
  const words = content === null || content === undefined ? "" : String(content).trim();
  return WRITTEN_EMPTY.has(words) ? "" : words;
}

/** Of an entry, what says the most: the address in it, not of which kind it is. */
function telling(entry: Json): unknown {
  const parts = Object.entries(entry).filter(([, part]) => typeof part === "string" && part !== "");
  return (parts.find(([name]) => name !== "type") ?? parts[0])?.[1];
}
