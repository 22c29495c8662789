import { Boxes, Building2, Globe, type LucideIcon, MessageCircle, MessagesSquare, User } from "lucide-react";
import type { Attribute } from "../attributes/attribute.ts";
import type { Named } from "../desk/types.ts";
import { iconOf } from "../objects/ObjectIcon.tsx";
import type { Klass } from "../settings/objects/klass.ts";
import type { Askable } from "./askable.ts";
import { type FieldKind, ME } from "./criteria.ts";
import { words } from "./en.ts";

/** Something that can be asked for, and what it can be. */
export interface Field {
  readonly field: string;
  readonly name: string;
  readonly group: string;
  readonly icon: LucideIcon;
  readonly kind: FieldKind;
  /** What there is to choose from. */
  readonly choices: readonly Named[];
  readonly isSensitive?: boolean;
  /** It is kept as a day, which is the same everywhere. */
  readonly isDay?: boolean;
  /** Whoever looks may not ask for it. */
  readonly isHidden?: boolean;
}

/** What asks: a view of conversations or of customers, or a rule about a conversation. */
export type Purpose = "conversation" | "customer" | "rule";

/** Names for what conversations carry. */
export interface Names {
  readonly agents: readonly Named[];
  readonly teams: readonly Named[];
  readonly queues: readonly Named[];
  readonly tags: readonly Named[];
  readonly slas: readonly Named[];
}

/** Everything that can be asked for, group by group: those everybody has, then one for each kind of object. */
export function catalogue(purpose: Purpose, names: Names, declared: Askable): Field[] {
  const isRule = purpose === "rule";
  return [
    ...(purpose === "customer" ? [] : conversationFields(isRule, names)),
    ...(purpose === "customer" ? [] : customs("conversation", CONVERSATION, declared.conversation)),
    ...customerFields(purpose, names),
    ...customs("customer", CUSTOMER, declared.customer),
    ...companyFields(names),
    ...customs("company", COMPANY, declared.company),
    ...messageFields(isRule),
    ...(isRule ? customs("message", LAST_MESSAGE, declared.message) : []),
    ...(isRule ? pageFields() : []),
    ...declared.klasses.flatMap(klassFields),
    ...anyObjectFields(declared.klasses),
  ];
}

type Group = readonly [name: string, icon: LucideIcon];

const CONVERSATION: Group = [words.groups.conversation, MessagesSquare];
const CUSTOMER: Group = [words.groups.customer, User];
const COMPANY: Group = [words.groups.company, Building2];
const MESSAGE: Group = [words.groups.message, MessageCircle];
const LAST_MESSAGE: Group = [words.groups.lastMessage, MessageCircle];
const PAGE: Group = [words.groups.page, Globe];
const ANY_OBJECT: Group = [words.groups.anyObject, Boxes];

function fieldIn([group, icon]: Group) {
  return (field: string, name: string, kind: FieldKind, choices: readonly Named[] = []): Field => ({
    field,
    name,
    group,
    icon,
    kind,
    choices,
  });
}

function conversationFields(isRule: boolean, { agents, teams, queues, tags, slas }: Names): Field[] {
  const make = fieldIn(CONVERSATION);
  const field = (name: keyof typeof words.fields, kind: FieldKind, choices?: readonly Named[]) =>
    make(`conversation_${name}`, words.fields[name], kind, choices);
  const shared = [
    field("status", "choice", named(words.statuses)),
    // Rules ask of nobody in particular.
    field("assigned_users", "choice", isRule ? agents : [{ id: ME, name: words.me }, ...agents]),
    field("assigned_teams", "choice", teams),
    field("queue", "choice", queues),
    field("tags", "choice", tags),
    field("channels", "choice", named(words.channels)),
    field("priority", "number"),
    field("name", "text"),
    field("created_at", "age"),
    field("message_count", "number"),
  ];
  if (isRule) return [...shared, field("default_lang", "text"), field("direction", "choice", BEGUN_BY)];
  return [
    ...shared,
    field("last_message_unresponded_to_sent_at", "age"),
    field("last_message_at", "age"),
    field("last_done_created_at", "age"),
    field("ended", "yesno"),
    field("sla_id", "choice", slas),
    field("sla_due_at", "soon"),
    field("sla_breached", "yesno"),
    make("any_text", words.anyText, "words"),
  ];
}

function customerFields(purpose: Purpose, { tags }: Names): Field[] {
  const make = fieldIn(CUSTOMER);
  const field = (name: keyof typeof words.customerFields, kind: FieldKind, choices?: readonly Named[]) =>
    make(`customer_${name}`, words.customerFields[name], kind, choices);
  return [
    field("name", "text"),
    field("email", "text"),
    field("phone", "phone"),
    field("external_id", "text"),
    field("tags", "choice", purpose === "rule" ? byName(tags) : tags),
    field("identified", "yesno"),
    field("conversations_count", "number"),
    field("created_at", "age"),
    field("signed_up_at", "age"),
    field("last_seen_at", "age"),
    field("last_message_at", "age"),
    ...(purpose === "customer" ? [make("any_text", words.anyText, "words")] : []),
  ];
}

function companyFields({ tags }: Names): Field[] {
  const field = fieldIn(COMPANY);
  return [
    field("company_name", words.companyFields.name, "text"),
    field("company_domains", words.companyFields.domains, "text"),
    field("company_external_id", words.companyFields.external_id, "text"),
    field("company_tags", words.companyFields.tags, "choice", byName(tags)),
  ];
}

function messageFields(isRule: boolean): Field[] {
  const field = fieldIn(isRule ? LAST_MESSAGE : MESSAGE);
  const shared = [
    field("message_body", words.messageFields.body, "words"),
    field("message_subject", words.messageFields.subject, "text"),
    field("message_channel", words.messageFields.channel, "choice", named(words.channels)),
    field("message_sent_at", words.messageFields.sent_at, "age"),
  ];
  if (!isRule)
    return [...shared, field("message_direction", words.messageFields.direction, "choice", SENT_BY)];
  return [
    ...shared,
    field("message_attachment_count", words.messageFields.attachment_count, "number"),
    field("message_attachment_names", words.messageFields.attachment_names, "text"),
  ];
}

function pageFields(): Field[] {
  return Object.entries(words.pageFields).map(([name, label]) =>
    fieldIn(PAGE)(`page_${name}`, label, "text"),
  );
}

function klassFields({ name, displayName, icon, attributes }: Klass): Field[] {
  return customs("kobject", [displayName, iconOf(icon)], attributes, `${name}_`);
}

function anyObjectFields(klasses: readonly Klass[]): Field[] {
  const field = fieldIn(ANY_OBJECT);
  const kinds = klasses.map(({ name, displayName }) => ({ id: name, name: displayName }));
  return [
    field("kobject_klass", words.objectFields.klass, "choice", kinds),
    field("kobject_title", words.objectFields.title, "text"),
    field("kobject_external_id", words.objectFields.external_id, "text"),
    field("kobject_tags", words.objectFields.tags, "text"),
    field("kobject_created_at", words.objectFields.created_at, "age"),
    field("kobject_updated_at", words.objectFields.updated_at, "age"),
  ];
}

/** What others hold is asked for as text. */
const KINDS: Readonly<Record<string, FieldKind>> = {
  choice: "choice",
  number: "number",
  moment: "age",
  date: "age",
  yesno: "yesno",
};

function customs(home: string, group: Group, attributes: readonly Attribute[], klass = ""): Field[] {
  const field = fieldIn(group);
  return attributes.map(({ name, displayName, kind, choices, isSensitive }) => ({
    ...field(`${home}_custom_${klass}${name}`, displayName, KINDS[kind] ?? "text", choices.map(asNamed)),
    ...(isSensitive && { isSensitive }),
    ...(kind === "date" && { isDay: true }),
  }));
}

function asNamed(name: string): Named {
  return { id: name, name };
}

/** Tags of customers and companies are words. */
function byName(tags: readonly Named[]): Named[] {
  return tags.map(({ name }) => asNamed(name));
}

function named(choices: Readonly<Record<string, string>>): Named[] {
  return Object.entries(choices).map(([id, name]) => ({ id, name }));
}

const BEGUN_BY = named(words.begunBy);
const SENT_BY = named(words.sentBy);
