import type { AckFrame, Attachment, NewFile, SendFrame, UploadSlot } from "@kithdesk/api-client";
import { Http, postMessage } from "@kithdesk/api-client";
import type { ChatSettings, ChatWait, Conversation, Customer, SignedFile, ThreadMessage } from "./shapes.ts";

interface Resource<T> {
  id: string;
  attributes: T;
}

interface One<T, Meta = unknown> {
  data: Resource<T> & { links?: Record<string, string> };
  meta: Meta;
}

interface Many<T, Meta = unknown> {
  data: Resource<T>[];
  meta: Meta;
}

export interface Paged<T> {
  items: T[];
  more: boolean;
  position: number | undefined;
}

/** The widget's HTTP, each call named by what it is for. */
export class ChatApi {
  readonly #http: Http;
  readonly #base: string;

  constructor(base: string, token: () => string) {
    this.#base = base;
    this.#http = new Http({ base: `${base}/c/v1`, token, credentials: "omit" });
  }

  async settings(key: string): Promise<ChatSettings> {
    const path = `/chat/settings?key=${encodeURIComponent(key)}`;
    const http = new Http({ base: `${this.#base}/c/v1`, credentials: "omit" });
    return (await http.get<One<ChatSettings>>(path)).body.data.attributes;
  }

  /** The newest conversations; a visitor with more than a hundred sees these. */
  async conversations(): Promise<Paged<Conversation>> {
    const { body, position } = await this.#http.get<Many<Omit<Conversation, "id">, { totalPages?: number }>>(
      "/chat/sessions?page=1&pageSize=100",
    );
    return { items: body.data.map(flat), more: (body.meta.totalPages ?? 1) > 1, position };
  }

  async messages(conversation: string, before?: string): Promise<Paged<ThreadMessage>> {
    const from = before ? `&before=${before}` : "";
    const { body, position } = await this.#http.get<Many<Omit<ThreadMessage, "id">, { more?: boolean }>>(
      `${session(conversation)}/messages?pageSize=50${from}`,
    );
    return { items: body.data.map(flat), more: body.meta.more === true, position };
  }

  async wait(conversation: string): Promise<ChatWait> {
    return (await this.#http.get<One<ChatWait>>(`${session(conversation)}/wait`)).body.data.attributes;
  }

  /** For what is too large for the socket. */
  send(frame: SendFrame): Promise<AckFrame> {
    return postMessage(this.#http, "/chat/messages", frame);
  }

  async endConversation(id: string): Promise<void> {
    await this.#http.ask(session(id), { method: "PUT", body: { ended: true } });
  }

  async customer(): Promise<Customer> {
    return (await this.#http.get<One<Customer>>("/tracking/tokens/current")).body.data.attributes;
  }

  async describeCustomer(claims: object): Promise<void> {
    await this.#http.ask("/customers/current", { method: "PATCH", body: claims });
  }

  async describeConversation(id: string, claims: object): Promise<void> {
    await this.#http.ask(`/conversations/${encodeURIComponent(id)}`, { method: "PATCH", body: claims });
  }

  async uploadSlot(file: NewFile): Promise<UploadSlot> {
    const { body } = await this.#http.ask<
      One<Attachment, { upload: { url: string; fields: Record<string, string> } }>
    >("/chat/attachments", {
      method: "POST",
      body: file,
    });
    const { upload } = body.meta;
    return { ...upload, attachment: flat(body.data), url: this.#base + upload.url };
  }

  async file(id: string): Promise<SignedFile> {
    const path = `/chat/attachments/${encodeURIComponent(id)}`;
    const { body } = await this.#http.get<One<unknown, { thumbnail?: string | null } | null>>(path);
    const thumbnail = body.meta?.thumbnail;
    return {
      url: this.#base + (body.data.links?.related ?? ""),
      thumbnail: thumbnail ? this.#base + thumbnail : null,
    };
  }
}

function session(id: string): string {
  return `/chat/sessions/${encodeURIComponent(id)}`;
}

function flat<T extends object>({ id, attributes }: Resource<T>): T & { id: string } {
  return { ...attributes, id };
}
