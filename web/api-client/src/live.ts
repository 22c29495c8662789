import { backoff } from "./backoff.ts";
import { Heartbeat } from "./heartbeat.ts";
import type {
  AckFrame,
  ClientFrame,
  LiveEvent,
  SendFrame,
  ServerFrame,
  SignalFrame,
} from "./protocol.gen.ts";
import { Refused } from "./refusals.ts";
import { Requests } from "./requests.ts";
import type { LiveSocket, OpenSocket } from "./socket.ts";
import { type Subscription, type TopicReader, Topics } from "./topics.ts";
import { wellFormed } from "./wellFormed.ts";

export type { Subscription, TopicReader } from "./topics.ts";

/**
 * connecting ── welcome ──▶ online ── closed, silent, goodbye ──▶ offline ── wait ──▶ connecting
 *      └── no token, or refused for good ──▶ refused   (until `reconnect()`)
 */
export type LiveState = "connecting" | "online" | "offline" | "refused";

export interface Hello {
  /** Left out where the browser's cookie says who this is. */
  token?: string;
}

export interface LiveOptions {
  open: OpenSocket;
  /** Name and version of the program, as in `widget/1.0`. */
  client: string;
  /**
   * Who is connecting; asked before every connection. `wasRefused` is set when the server just refused
   * the last answer: find out whether it is still good. Null stops until `reconnect()`.
   */
  hello(wasRefused: boolean): Hello | null | Promise<Hello | null>;
  /** The door by HTTP for a message that is legal and, with its escapes, longer than a frame may be. */
  post?(frame: SendFrame): Promise<AckFrame>;
  onState?(state: LiveState): void;
  onSignal?(signal: SignalFrame): void;
  random?: () => number;
}

const WELCOME_WITHIN_MS = 10_000;
const FLOOD_FAILURES = 4;
const TRIES_WITH_A_REFUSED_TOKEN = 3;

/** One connection to the live protocol that heals itself. Subscriptions neither miss nor repeat an event. */
export class LiveConnection {
  readonly #options: LiveOptions;
  readonly #topics = new Topics((frame) => this.#write(frame));
  readonly #requests: Requests;
  readonly #heartbeat = new Heartbeat({
    ping: () => this.#write({ op: "ping" }),
    dead: () => this.#drop(),
  });
  #state: LiveState = "offline";
  #socket: LiveSocket | null = null;
  #running = false;
  /** Counts connection attempts, so that an answer to an older one is recognised. */
  #attempt = 0;
  #failures = 0;
  #unauthorized = 0;
  #goodbyeUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#requests = new Requests((frame) => this.#write(frame), options.post);
  }

  get state(): LiveState {
    return this.#state;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#failures = 0;
    this.#unauthorized = 0;
    globalThis.addEventListener?.("online", this.#networkIsBack);
    globalThis.addEventListener?.("offline", this.#networkIsGone);
    globalThis.document?.addEventListener("visibilitychange", this.#shown);
    void this.#connect();
  }

  stop(): void {
    this.#running = false;
    globalThis.removeEventListener?.("online", this.#networkIsBack);
    globalThis.removeEventListener?.("offline", this.#networkIsGone);
    globalThis.document?.removeEventListener("visibilitychange", this.#shown);
    this.#leave(1000);
    this.#become("offline");
  }

  /** Leave this socket, if there is one, and come back as whoever `hello` says now. */
  reconnect(): void {
    if (!this.#running) {
      this.start();
      return;
    }
    this.#leave(1000);
    this.#failures = 0;
    this.#unauthorized = 0;
    void this.#connect();
  }

  /** Without `after`: from now on. With the position that an HTTP answer covers: nothing missed since. */
  subscribe<Event extends LiveEvent = LiveEvent>(
    topic: string,
    after: number | undefined,
    reader: TopicReader<Event>,
  ): Subscription {
    // The reader names the events of its audience (agents or visitors); the server decides which it sends.
    return this.#topics.subscribe(topic, after, reader as unknown as TopicReader);
  }

  cursor(topic: string): number | undefined {
    return this.#topics.cursor(topic);
  }

  /** Resolves with the server's ack; rejects with `Refused`, or `Disconnected` when nobody knows. */
  request(frame: ClientFrame & { id: string }): Promise<AckFrame> {
    return this.#requests.ask(frame, this.#state === "online");
  }

  /** For what is worth something only now (typing, viewing). False when it was not sent. */
  tell(frame: ClientFrame): boolean {
    if (this.#state !== "online") return false;
    this.#write(frame);
    return true;
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#timer);
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#become("connecting");
    let hello: Hello | null;
    try {
      hello = await this.#options.hello(this.#unauthorized > 0);
    } catch {
      if (attempt === this.#attempt) this.#retry();
      return;
    }
    if (attempt !== this.#attempt) return;
    if (hello) this.#open(hello);
    else this.#become("refused");
  }

  #open(hello: Hello): void {
    const socket = this.#options.open();
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#drop(), WELCOME_WITHIN_MS);
    socket.onopen = () => this.#write({ op: "hello", ...hello, client: this.#options.client });
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code }) => this.#closed(code);
  }

  #receive(data: unknown): void {
    const frame = parse(data);
    if (!frame) return;
    this.#heartbeat.heard();
    switch (frame.op) {
      case "welcome":
        this.#welcomed(frame.heartbeat);
        break;
      case "event":
      case "subscribed":
      case "resync":
        this.#failures = 0;
        this.#topics.handle(frame);
        break;
      case "ack":
        this.#topics.answered(frame.id);
        this.#requests.acked(frame);
        break;
      case "refused":
        this.#refused(frame);
        break;
      case "pong":
        this.#failures = 0;
        // The event stream's comments arrive as a pong without a position.
        if (typeof frame.position === "number") this.#topics.complete(frame.position);
        break;
      case "signal":
        this.#options.onSignal?.(frame);
        break;
      case "goodbye":
        this.#goodbyeUntil = Date.now() + frame.retryAfterMs;
        this.#timer = setTimeout(() => this.#drop(), frame.retryAfterMs);
        break;
    }
  }

  #welcomed(heartbeat: number): void {
    clearTimeout(this.#timer);
    this.#unauthorized = 0;
    this.#goodbyeUntil = 0;
    this.#heartbeat.start(heartbeat * 1000);
    this.#become("online");
    this.#topics.welcomed();
  }

  #refused(frame: Extract<ServerFrame, { op: "refused" }>): void {
    const error = new Refused(frame.error);
    if (frame.id) {
      this.#topics.answered(frame.id);
      this.#requests.refused(frame.id, error);
    } else if (frame.topic) this.#topics.refused(frame.topic, error);
  }

  #closed(code: number): void {
    this.#detach();
    if (code === 4413) this.#requests.tooLarge();
    this.#requests.lost();
    this.#topics.lost();
    if (code === 4429) this.#failures = Math.max(this.#failures, FLOOD_FAILURES);
    if (code === 4401) this.#unauthorized += 1;
    if (code === 4403 || this.#unauthorized > TRIES_WITH_A_REFUSED_TOKEN) this.#become("refused");
    else if (code === 4401 && this.#unauthorized === 1) void this.#connect();
    else this.#retry();
  }

  #retry(): void {
    if (!this.#running) return;
    const leftOfGoodbye = this.#goodbyeUntil - Date.now();
    const wait = leftOfGoodbye > 0 ? leftOfGoodbye : backoff(this.#failures, this.#options.random);
    this.#failures += 1;
    this.#become("offline");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(), wait);
  }

  /** A socket nobody answers on may take minutes to say so: do not wait for its close event. */
  #drop(): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#closed(1006);
    socket.close();
  }

  #leave(code: number): void {
    clearTimeout(this.#timer);
    this.#attempt += 1;
    const socket = this.#socket;
    this.#detach();
    socket?.close(code);
    this.#requests.lost();
    this.#topics.lost();
  }

  #detach(): void {
    clearTimeout(this.#timer);
    this.#heartbeat.stop();
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = null;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
  }

  #write(frame: ClientFrame): void {
    this.#heartbeat.spoke();
    this.#socket?.send(JSON.stringify(frame, wellFormed));
  }

  #become(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState?.(state);
  }

  readonly #networkIsBack = (): void => {
    if (this.#state === "online") this.#heartbeat.probe();
    if (this.#state !== "offline" || this.#goodbyeUntil > Date.now()) return;
    // Soon, but not at once: a whole office may be back at this instant.
    this.#failures = 0;
    this.#retry();
  };

  readonly #networkIsGone = (): void => {
    if (this.#state === "online") this.#heartbeat.probe();
  };

  readonly #shown = (): void => {
    if (document.visibilityState === "visible") this.#networkIsBack();
  };
}

function parse(data: unknown): ServerFrame | null {
  if (typeof data !== "string") return null;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === "object" && frame !== null && "op" in frame ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}
