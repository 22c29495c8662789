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
    const claims = customerClaims(described);
    if (this.#chat.token.value) await this.#chat.api.describeCustomer(claims);
    else this.#waiting.push(claims);
    return {};
  }

  async describeConversation(described: object): Promise<object> {
    const { conversationId, custom, customAttributes } = described as Record<string, unknown>;
    const claims = { custom: { ...Object(custom), ...Object(customAttributes) } };
    await this.#chat.api.describeConversation(String(conversationId), claims);
    return {};
  }
}

/** What the server knows of a customer; whatever else a page says of one is an attribute of its own. */
const FIELDS = /^(name|emails?|phones?|socials|shared(Emails|Phones|Socials))$/;
const ATTRIBUTE = /^[a-z]\w{0,63}$/i;

/**
 * One flat object: of `describeCustomer({attributes, customAttributes})`, and of what older pages pass, such as
 * `{userId, name, email}`. Spread copies own names only, so none of them reaches a prototype.
 */
function customerClaims(described: object): object {
  const { attributes, customAttributes, custom, ...said } = described as Record<string, unknown>;
  const entries = Object.entries(said);
  const fields = entries.filter(([name, value]) => FIELDS.test(name) && isSaid(name, value));
  const others = entries.filter(([name]) => !FIELDS.test(name) && ATTRIBUTE.test(name));
  const all = { ...Object.fromEntries(others), ...Object(custom), ...Object(customAttributes) };
  return {
    ...Object.fromEntries(fields),
    ...Object(attributes),
    ...(Object.keys(all).length > 0 ? { custom: all } : {}),
  };
}

/** One name, address or number is text; what is something else was never said. */
function isSaid(name: string, value: unknown): boolean {
  return name.endsWith("s") ? Array.isArray(value) : typeof value === "string";
}
