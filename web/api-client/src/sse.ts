import { Http } from "./http.ts";
import { postMessage } from "./posting.ts";
import type { ClientFrame, Refusal, SendFrame, ServerFrame } from "./protocol.gen.ts";
import { plain, Refused } from "./refusals.ts";
import type { LiveSocket } from "./socket.ts";

export interface EventStreamOptions {
  /** Origin of the server, empty for the page's own. */
  base?: string;
  /** Where the `visitor` topic stands; undefined: from now on. */
  cursor(): number | undefined;
  fetch?: typeof fetch;
}

const TOPIC = "visitor";
const COMMENT_EVERY_MS = 15_000;

/**
 * The live protocol where WebSockets are blocked: the visitor's topic as a streamed answer, sends by POST.
 * It looks like a socket, so the connection above it heals, resumes and counts in the same way.
 */
export class EventStreamSocket implements LiveSocket {
  onopen: LiveSocket["onopen"] = null;
  onmessage: LiveSocket["onmessage"] = null;
  onclose: LiveSocket["onclose"] = null;
  readonly #options: EventStreamOptions;
  readonly #http: Http;
  #token = "";
  #after: number | undefined;
  #stream: AbortController | null = null;
  #heardAt = 0;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#http = new Http({
      ...(options.base === undefined ? {} : { base: options.base }),
      ...(options.fetch ? { fetch: options.fetch } : {}),
      token: () => this.#token,
      credentials: "omit",
    });
    queueMicrotask(() => this.onopen?.());
  }

  send(data: string): void {
    const frame = JSON.parse(data) as ClientFrame;
    switch (frame.op) {
      case "hello":
        this.#token = frame.token ?? "";
        this.#listen(this.#options.cursor());
        break;
      case "subscribe":
        if (frame.topic === TOPIC && frame.after !== this.#after) this.#listen(frame.after);
        break;
      case "send":
        void this.#post(frame);
        break;
      case "read":
        void this.#put(frame, { seenMessage: frame.message });
        break;
      case "end":
        void this.#put(frame, { ended: true });
        break;
      case "ping":
        if (Date.now() - this.#heardAt < COMMENT_EVERY_MS * 1.5) this.#alive();
        break;
      default:
        // Typing and page visits are worth something only on a live socket.
        if (frame.id) this.#emit({ op: "ack", id: frame.id });
    }
  }

  close(code = 1000): void {
    this.#stream?.abort();
    this.#stream = null;
    const closed = this.onclose;
    this.onclose = null;
    if (closed) queueMicrotask(() => closed({ code }));
  }

  #listen(after: number | undefined): void {
    this.#stream?.abort();
    const stream = new AbortController();
    this.#stream = stream;
    this.#after = after;
    void this.#read(stream).catch(() => this.#ended(stream, 1006));
  }

  async #read(stream: AbortController): Promise<void> {
    const { base = "", fetch: ask = fetch } = this.#options;
    const query = this.#after === undefined ? "" : `?after=${this.#after}`;
    const response = await ask(`${base}/c/v1/live/events${query}`, {
      headers: { Authorization: `Bearer ${this.#token}`, Accept: "text/event-stream" },
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: stream.signal,
    });
    if (!response.ok || !response.body) {
      this.#ended(stream, closeCode(response.status));
      return;
    }
    this.#emit({ op: "welcome", session: "", heartbeat: 25, position: this.#after ?? 0 });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const lines = new Lines((line) => this.#line(line));
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (stream.signal.aborted) return;
      this.#heardAt = Date.now();
      lines.add(part.value);
    }
    this.#ended(stream, 1006);
  }

  /** Each frame is one `data:` line; a comment says only that somebody is there. */
  #line(line: string): void {
    if (line.startsWith("data:")) this.onmessage?.({ data: line.slice(5).trimStart() });
    else if (line.startsWith(":")) this.#alive();
  }

  #alive(): void {
    this.onmessage?.({ data: '{"op":"pong"}' });
  }

  #ended(stream: AbortController, code: number): void {
    if (this.#stream !== stream) return;
    this.close(code);
  }

  async #post(frame: SendFrame): Promise<void> {
    await this.#answer(frame.id, () => postMessage(this.#http, "/c/v1/chat/messages", frame));
  }

  async #put(frame: Extract<ClientFrame, { conversation: string | null }>, body: object): Promise<void> {
    await this.#answer(frame.id, async () => {
      await this.#http.ask(`/c/v1/chat/sessions/${frame.conversation}`, { method: "PUT", body });
      return { op: "ack", id: frame.id ?? "" };
    });
  }

  async #answer(id: string | undefined, ask: () => Promise<ServerFrame>): Promise<void> {
    try {
      this.#emit(await ask());
    } catch (error) {
      const dead = error instanceof Refused && error.status === 401;
      const refusal = error instanceof Refused && !dead ? plain(error) : OUTCOME_UNKNOWN;
      this.#emit({ op: "refused", id: id ?? null, error: refusal });
      if (dead) this.close(4401);
    }
  }

  #emit(frame: ServerFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

const OUTCOME_UNKNOWN: Refusal = { status: 503, code: "outcome_unknown", title: "No answer", retryAfter: 1 };

function closeCode(status: number): number {
  if (status === 401) return 4401;
  if (status === 403) return 4403;
  return status === 429 ? 4429 : 1006;
}

/** Cuts a stream of text into lines, whatever pieces it comes in. */
class Lines {
  #rest = "";
  readonly #each: (line: string) => void;

  constructor(each: (line: string) => void) {
    this.#each = each;
  }

  add(text: string): void {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#each(line);
  }
}
