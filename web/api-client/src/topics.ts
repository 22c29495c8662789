import { backoff, sleep } from "./backoff.ts";
import { newId } from "./ids.ts";
import type { ClientFrame, LiveEvent, ServerFrame } from "./protocol.gen.ts";
import { isFinal, type Refused } from "./refusals.ts";

export interface TopicReader<Event extends LiveEvent = LiveEvent> {
  event(event: Event, position: number): void;
  /** Everything up to this position has been told. */
  caughtUp?(position: number): void;
  /**
   * Too far behind to replay: read the whole over HTTP and return the position that answer covers.
   * A failure is tried again.
   */
  resync(position: number): Promise<number>;
  /** No right to this topic, now or any longer. The subscription is over: what is shown no longer follows. */
  refused(error: Refused): void;
}

export interface Subscription {
  readonly topic: string;
  /** Position up to which this topic is complete; undefined before the server said so. */
  readonly cursor: number | undefined;
  end(): void;
}

/**
 * idle ── subscribe ──▶ asked ── subscribed ──▶ live
 *  ▲                      │                       │
 *  ├── socket lost, or a refusal that passes ─────┤
 *  └── read over HTTP ── resyncing ◀── resync ────┘        ended: by us, or refused
 */
interface Topic extends Subscription {
  cursor: number | undefined;
  reader: TopicReader;
  state: "idle" | "asked" | "live" | "resyncing" | "ended";
  /** Refusals in a row. */
  failures: number;
}

type TopicFrame = Extract<ServerFrame, { topic: string }>;

/** The subscriptions of one connection and their cursors, over any number of sockets. */
export class Topics {
  readonly #topics = new Map<string, Topic>();
  /** Topic → id of our unsubscribe that the server has not answered on this socket. */
  readonly #leaving = new Map<string, string>();
  readonly #send: (frame: ClientFrame) => void;
  #online = false;

  constructor(send: (frame: ClientFrame) => void) {
    this.#send = send;
  }

  subscribe(name: string, after: number | undefined, reader: TopicReader): Subscription {
    this.#topics.get(name)?.end();
    const topic: Topic = {
      topic: name,
      cursor: after,
      reader,
      state: "idle",
      failures: 0,
      end: () => this.#end(topic),
    };
    this.#topics.set(name, topic);
    this.#ask(topic);
    return topic;
  }

  cursor(name: string): number | undefined {
    return this.#topics.get(name)?.cursor;
  }

  welcomed(): void {
    this.#online = true;
    for (const topic of this.#topics.values()) this.#ask(topic);
  }

  lost(): void {
    this.#online = false;
    this.#leaving.clear();
    for (const topic of this.#topics.values()) {
      if (topic.state !== "resyncing") topic.state = "idle";
    }
  }

  answered(id: string): void {
    for (const [name, leave] of this.#leaving) {
      if (leave !== id) continue;
      this.#leaving.delete(name);
      const topic = this.#topics.get(name);
      if (topic) this.#ask(topic);
    }
  }

  /** All live topics are complete up to here, whether or not anything happened on them. */
  complete(position: number): void {
    for (const topic of this.#topics.values()) {
      if (topic.state === "live") advance(topic, position);
    }
  }

  handle(frame: TopicFrame): void {
    const topic = this.#topics.get(frame.topic);
    if (!topic || (topic.state !== "asked" && topic.state !== "live")) return;
    if (frame.op === "event") tell(topic, frame.event, frame.position);
    else if (frame.op === "subscribed") {
      topic.state = "live";
      topic.failures = 0;
      advance(topic, frame.position);
      topic.reader.caughtUp?.(frame.position);
    } else void this.#resync(topic, frame.position);
  }

  refused(name: string, error: Refused): void {
    const topic = this.#topics.get(name);
    if (!topic) return;
    if (!isFinal(error)) {
      topic.state = "idle";
      setTimeout(() => this.#ask(topic), Math.max((error.retryAfter ?? 0) * 1000, backoff(topic.failures)));
      topic.failures += 1;
      return;
    }
    topic.state = "ended";
    this.#topics.delete(name);
    topic.reader.refused(error);
  }

  #ask(topic: Topic): void {
    // An event of the old subscription may still be on its way: taken for one of the new, it would move
    // the cursor over what the replay brings. So a topic is asked for again only once its end is answered.
    if (!this.#online || topic.state !== "idle" || this.#leaving.has(topic.topic)) return;
    topic.state = "asked";
    const after = topic.cursor;
    this.#send({ op: "subscribe", topic: topic.topic, ...(after === undefined ? {} : { after }) });
  }

  #end(topic: Topic): void {
    if (topic.state === "ended") return;
    const known = topic.state === "asked" || topic.state === "live";
    topic.state = "ended";
    this.#topics.delete(topic.topic);
    if (!known) return;
    const id = newId();
    this.#leaving.set(topic.topic, id);
    this.#send({ op: "unsubscribe", id, topic: topic.topic });
  }

  async #resync(topic: Topic, position: number): Promise<void> {
    topic.state = "resyncing";
    for (let failures = 0; isResyncing(topic); failures += 1) {
      try {
        topic.cursor = await topic.reader.resync(position);
        break;
      } catch {
        await sleep(backoff(failures));
      }
    }
    if (!isResyncing(topic)) return;
    topic.state = "idle";
    this.#ask(topic);
  }
}

/** Read anew after each wait: `end()` may have been called meanwhile. */
function isResyncing(topic: Topic): boolean {
  return topic.state === "resyncing";
}

function advance(topic: Topic, position: number): void {
  if (topic.cursor === undefined || position > topic.cursor) topic.cursor = position;
}

function tell(topic: Topic, event: LiveEvent, position: number): void {
  if (topic.cursor !== undefined && position <= topic.cursor) return;
  topic.cursor = position;
  try {
    topic.reader.event(event, position);
  } catch (error) {
    // One event that a screen cannot draw must not stop the ones behind it.
    reportError(error);
  }
}
