import type { Chat } from "./chat.ts";

/** What a page says about a visitor: claims, which the server stores and shows as such. */
export class Claims {
  readonly #chat: Chat;
  /** Said of somebody who does not exist yet. */
  readonly #waiting: object[] = [];

  constructor(chat: Chat) {
    this.#chat = chat;
    chat.token.subscribe((token) => {
      if (!token) return;
      for (const claims of this.#waiting.splice(0))
        void chat.api.describeCustomer(claims).catch(() => undefined);
    });
  }

  async describeCustomer(described: object): Promise<object> {
    const claims = flat(described);
    if (this.#chat.token.value) await this.#chat.api.describeCustomer(claims);
    else this.#waiting.push(claims);
    return {};
  }

  async describeConversation(described: object): Promise<object> {
    const { conversationId, ...claims } = described as Record<string, unknown>;
    await this.#chat.api.describeConversation(String(conversationId), flat(claims));
    return {};
  }
}

/** One flat object. Spread copies own names only, so none of them reaches a prototype. */
function flat(described: object): object {
  const { attributes, customAttributes, ...rest } = described as Record<string, unknown>;
  const more = typeof attributes === "object" ? attributes : {};
  return { ...rest, ...more, ...(customAttributes ? { custom: customAttributes } : {}) };
}
