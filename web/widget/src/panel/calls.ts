import type { Chat } from "../chat/chat.ts";
import { Claims } from "../chat/claims.ts";
import { isLoggedIn, openConversations, openedAs } from "../chat/questions.ts";
import type { View } from "./view.ts";

type Call = (args: Record<string, unknown>) => Promise<unknown>;

/** What the page may ask of the panel: a closed list, whose arguments come from outside and are treated so. */
export class Calls {
  readonly #table: ReadonlyMap<string, Call>;

  constructor(chat: Chat, view: View) {
    const claims = new Claims(chat);
    this.#table = new Map<string, Call>([
      ["isLoggedIn", (who) => isLoggedIn(chat, who)],
      ["getOpenConversations", async () => openConversations(chat)],
      ["createConversation", (wanted) => createConversation(chat, view, wanted)],
      ["openConversationById", ({ conversationId }) => openConversation(chat, view, String(conversationId))],
      ["describeCustomer", (described) => claims.describeCustomer(described)],
      ["describeConversation", (described) => claims.describeConversation(described)],
    ]);
  }

  async answer(name: string, args: object): Promise<unknown> {
    const call = this.#table.get(name);
    if (!call) throw new Error("Unknown call");
    return call(args as Record<string, unknown>);
  }
}

/** Opens an empty one, with `draft` to go on from; only a `message` makes a record of it. */
async function createConversation(
  chat: Chat,
  view: View,
  { message, draft }: Record<string, unknown>,
): Promise<object> {
  const lane = view.startNew();
  if (typeof draft === "string") view.draft(lane, draft);
  if (typeof message !== "string" || !message.trim()) return {};
  chat.send({ conversation: null, newConversation: lane, body: message });
  const conversationId = await openedAs(chat, lane);
  const createdAt = chat.conversations.find(conversationId)?.createdAt;
  return { conversationId, createdAt, ended: false, isInAssistantMode: false };
}

async function openConversation(chat: Chat, view: View, id: string): Promise<null> {
  await chat.thread(id).load();
  view.show({ at: "conversation", id });
  return null;
}
