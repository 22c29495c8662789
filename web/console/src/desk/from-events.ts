import type {
  ConversationChanges,
  CustomerChanges,
  LiveConversation,
  LiveCustomer,
  Message,
} from "@kithdesk/api-client";

import { pairs, readEmails, readPhones } from "./reading.ts";
import type { Conversation, Customer } from "./types.ts";

/* From what events bring to the desk's shapes: the whole record, or the fields that one event changes. */

export function conversationFromEvent(live: LiveConversation, position: number): Conversation {
  return {
    id: live.id,
    customer: live.customer,
    customerName: live.customerName,
    name: live.name,
    status: live.status,
    snoozedUntil: live.snooze?.time ?? null,
    channel: live.channel,
    queue: live.queue,
    assignedUsers: live.assignedUsers,
    assignedTeams: live.assignedTeams,
    tags: live.tags,
    // Nobody has wished for anything when it is opened.
    preferredUser: null,
    skills: [],
    preview: live.preview ?? "",
    lastMessageAt: live.lastMessageAt,
    lastMessageDirection: live.lastMessageDirection,
    waitingSince: live.lastMessageUnrespondedTo,
    createdAt: live.createdAt,
    ended: live.ended,
    signedIn: live.signedIn,
    isUnread: false,
    sla: null,
    context: live.context,
    position,
  };
}

export function customerFromEvent(live: LiveCustomer): Customer {
  return {
    id: live.id,
    displayName: live.displayName,
    name: live.name,
    emails: readEmails(live.emails),
    phones: readPhones(live.phones),
    externalId: live.externalId,
    identified: live.identified,
    createdAt: live.createdAt,
    lastSeenAt: live.lastSeenAt,
    timeZone: null,
    company: null,
    tags: [],
    watchers: [],
    others: [],
    claims: pairs(live.claims),
    custom: {},
    rev: null,
  };
}

export function changedFields(changes: ConversationChanges): Partial<Conversation> {
  const { status, snooze, tags, name, preferredUser, skills, signedIn, lastMessageUnrespondedTo } = changes;
  return {
    ...(status && { status: status.after }),
    ...(lastMessageUnrespondedTo && { waitingSince: lastMessageUnrespondedTo.after }),
    ...(snooze && { snoozedUntil: snooze.after?.time ?? null }),
    ...(tags && { tags: tags.after }),
    ...(name && { name: name.after }),
    ...(preferredUser && { preferredUser: preferredUser.after }),
    ...(skills && { skills: skills.after }),
    ...(signedIn && { signedIn: signedIn.after }),
  };
}

/** The version is not in the event: whoever writes next finds out that there is another. */
export function changedCustomer(changes: CustomerChanges): Partial<Customer> {
  const { name, emails, phones, externalIds, identified, claims, custom, tags, timeZone } = changes;
  return {
    ...(name && { name: name.after }),
    ...(emails && { emails: readEmails(emails.after) }),
    ...(phones && { phones: readPhones(phones.after) }),
    ...(externalIds && { externalId: externalIds.after?.[0]?.externalId ?? null }),
    ...(identified && { identified: identified.after }),
    ...(claims && { claims: pairs(claims.after) }),
    ...(custom && { custom: custom.after ?? {} }),
    ...(tags && { tags: tags.after ?? [] }),
    ...(timeZone && { timeZone: timeZone.after }),
  };
}

export function withMessage(conversation: Conversation, message: Message): Partial<Conversation> {
  const isFromCustomer = message.direction === "in";
  const answers = !isFromCustomer && message.sentBy.type !== "system";
  return {
    preview: message.body || message.email?.subject || message.attachments[0]?.name || "",
    lastMessageAt: message.sentAt,
    lastMessageDirection: message.direction,
    waitingSince: answers ? null : (conversation.waitingSince ?? (isFromCustomer ? message.sentAt : null)),
    isUnread: isFromCustomer,
  };
}
