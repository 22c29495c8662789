import { newId } from "@kithdesk/api-client";
import { messagePayload } from "../chat/announcements.ts";
import type { Chat } from "../chat/chat.ts";
import { Claims } from "../chat/claims.ts";
import { conversationPayload, isLoggedIn, openConversations } from "../chat/questions.ts";
import type { ChatSettings } from "../chat/shapes.ts";
import * as identity from "../loader/identity.ts";
import { key } from "../loader/server.ts";
import type { Listeners } from "./listeners.ts";

// biome-ignore lint/suspicious/noExplicitAny: what callbacks take is theirs to say.
type Callback = (response?: any, error?: unknown) => void;
interface InConversation {
  conversationId: string;
}

/** The calls of the headless build. */
export function makeCore(
  chat: Chat,
  listeners: Listeners,
  begins: (settings: ChatSettings) => void,
): Record<string, unknown> {
  const claims = new Claims(chat);
  let settings: ChatSettings | null = null;

  /**
   * A conversation made here exists for the server from its first message on, which is also when listeners hear of it.
   * The name given before that goes on working as long as the page does.
   */
  const here = ({ conversationId }: InConversation) =>
    chat.outgoing.opened.value.get(conversationId) ?? conversationId;
  const isOurs = new Set<string>();

  const actions = {
    async init() {
      const isFirst = !settings;
      settings = await chat.api.settings(key);
      if (isFirst) begins(settings);
      chat.become(identity.token);
      return { settings };
    },
    async createConversation() {
      const conversationId = newId();
      isOurs.add(conversationId);
      return {
        conversationId,
        createdAt: new Date().toISOString(),
        ended: false,
        isInAssistantMode: false,
      };
    },
    async sendMessage(message: InConversation & { body: string; attachments?: string[] }) {
      const id = here(message);
      const isNew = isOurs.has(id);
      const entry = chat.send({
        conversation: isNew ? null : id,
        ...(isNew ? { newConversation: id } : {}),
        body: String(message.body),
        attachments: message.attachments ?? [],
      });
      return {
        messageId: entry.id,
        body: entry.body,
        createdAt: entry.queuedAt,
        direction: "in",
        conversationId: message.conversationId,
        attachments: entry.attachments,
      };
    },
    async getConversations({ page = 1, pageSize = 100 } = {}) {
      const all = chat.conversations.all.value;
      const last = Math.max(1, Math.ceil(all.length / pageSize));
      return {
        conversations: all.slice((page - 1) * pageSize, page * pageSize).map(conversationPayload),
        pages: {
          current: page,
          first: 1,
          next: page < last ? page + 1 : null,
          previous: page > 1 ? page - 1 : null,
        },
      };
    },
    async getMessages(wanted: InConversation) {
      const thread = chat.thread(here(wanted));
      if (thread.state.value !== "loaded") await thread.load();
      const messages = thread.messages.value.map(messagePayload);
      return {
        conversationId: wanted.conversationId,
        messages,
        pages: { current: 1, next: null, previous: null },
      };
    },
    markRead: async (wanted: InConversation) => chat.read(here(wanted)),
    async sendTypingActivity(wanted: InConversation & { typing?: boolean }) {
      if (wanted.typing === false) chat.typingOut.stop();
      else chat.typingOut.pressed(here(wanted));
    },
    endConversation: (wanted: InConversation) => chat.end(here(wanted)),
    getOpenConversations: async () => openConversations(chat),
    describeCustomer: (described: object) => claims.describeCustomer(described),
    describeConversation: (described: InConversation) =>
      claims.describeConversation({ ...described, conversationId: here(described) }),
    isLoggedIn: (who: object = {}) => isLoggedIn(chat, who),
    async login({ jwtToken }: { jwtToken: string }) {
      const login = await identity.logIn(jwtToken);
      if (login.anotherPerson) chat.become("");
      chat.become(identity.token);
      listeners.emit("onLogin", login);
      return login;
    },
    async logout() {
      const gone = identity.logOut();
      chat.become("");
      await gone;
      listeners.emit("onLogout", null);
    },
  };

  const api: Record<string, unknown> = {
    addListener: listeners.add,
    removeListener: listeners.remove,
    getChatSettings: () => settings,
    getUnreadCount: () => ({
      total: chat.conversations.unread.value,
      conversations: Object.fromEntries(chat.conversations.all.value.map(({ id, unread }) => [id, unread])),
    }),
    isChatAvailable: () => ({ availability: settings ? (settings.enabled ? "online" : "disabled") : "none" }),
  };
  for (const [name, action] of Object.entries(actions)) {
    api[name] = (...args: unknown[]) => void answer(action as (argument: unknown) => Promise<unknown>, args);
  }
  return api;
}

/** The first thing is the argument, whichever function comes is the callback. */
async function answer(action: (argument: unknown) => Promise<unknown>, args: unknown[]): Promise<void> {
  const callback = args.find((argument) => typeof argument === "function") as Callback | undefined;
  const argument = args.find((other) => typeof other === "object" && other !== null);
  try {
    const response = await action(argument);
    callback?.(response);
  } catch (error) {
    callback?.(undefined, error);
  }
}
