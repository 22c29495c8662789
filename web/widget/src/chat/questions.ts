import type { Chat } from "./chat.ts";
import type { Conversation } from "./shapes.ts";

/** Logged in, and as this one, by any id that the company has signed. */
export async function isLoggedIn(
  chat: Chat,
  who: { email?: unknown; externalId?: unknown },
): Promise<boolean> {
  if (!chat.token.value) return false;
  const customer = await chat.api.customer();
  const isOneOf = (value: unknown, known: string[]) =>
    !value || known.some((one) => one.toLowerCase() === String(value).trim().toLowerCase());
  return (
    customer.identified &&
    isOneOf(who.email, customer.emails) &&
    isOneOf(who.externalId, customer.externalIds)
  );
}

export function openConversations(chat: Chat): object[] {
  return chat.conversations.all.value.filter(({ ended }) => !ended).map(conversationPayload);
}

export function conversationPayload(conversation: Conversation): object {
  const { id, createdAt, lastMessageAt, preview, unread, ended } = conversation;
  return { conversationId: id, createdAt, lastMessageAt, preview, unread, ended, isInAssistantMode: false };
}

/** The server's name for the conversation that our `lane` opens, once it is open. */
export function openedAs(chat: Chat, lane: string): Promise<string> {
  return new Promise((resolve) => {
    const stop = chat.outgoing.opened.subscribe((opened) => {
      const id = opened.get(lane);
      if (!id) return;
      resolve(id);
      queueMicrotask(() => stop());
    });
  });
}
