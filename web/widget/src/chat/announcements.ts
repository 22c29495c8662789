import type { SignalFrame, VisitorEvent } from "@kithdesk/api-client";

/** What pages listen for, in the names and shapes they know. */
export interface Announcement {
  event: string;
  payload: object;
}

export function announcementOf(event: VisitorEvent): Announcement | null {
  switch (event.kind) {
    case "conversation.opened": {
      const { id, createdAt } = event.data.conversation;
      return {
        event: "onConversationCreate",
        payload: { conversationId: id, createdAt, ended: false, isInAssistantMode: false },
      };
    }
    case "conversation.ended":
      return endingOf(event.data.conversation, event.data.endedAt);
    case "conversation.taken_up":
      return endingOf(event.data.conversation, event.data.at);
    case "message.created":
      return { event: "onMessageReceived", payload: messagePayload(event.data.message) };
    default:
      return null;
  }
}

function endingOf(conversationId: string, endedAt: string): Announcement {
  return { event: "onConversationEnded", payload: { conversationId, endedAt, ended: true } };
}

export function typingAnnouncement({ conversation, by, on }: SignalFrame): Announcement {
  return {
    event: "onAgentTypingActivity",
    payload: { conversationId: conversation, user: { displayName: by.displayName }, typing: on },
  };
}

type MessageEvent = Extract<VisitorEvent, { kind: "message.created" }>["data"]["message"];

export function messagePayload(message: MessageEvent): object {
  const { id, body, sentAt, direction, conversation, attachments, sentBy } = message;
  return {
    messageId: id,
    body,
    createdAt: sentAt,
    direction,
    conversationId: conversation,
    attachments,
    meta: {},
    sentBy,
  };
}
