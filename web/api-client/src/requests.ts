import type { AckFrame, ClientFrame, SendFrame } from "./protocol.gen.ts";
import { Disconnected, Refused } from "./refusals.ts";
import { wellFormed } from "./wellFormed.ts";

const LARGEST_FRAME_BYTES = 64 * 1024;
const ANSWER_WITHIN_MS = 20_000;

/** The other door for a message that no frame holds. */
type Post = (frame: SendFrame) => Promise<AckFrame>;

interface Waiting {
  size: number;
  timer: ReturnType<typeof setTimeout>;
  resolve(ack: AckFrame): void;
  reject(error: Error): void;
}

/** Ops that wait for their `ack` or `refused`, on the socket of the moment. */
export class Requests {
  readonly #waiting = new Map<string, Waiting>();
  readonly #send: (frame: ClientFrame) => void;
  readonly #post: Post;

  constructor(send: (frame: ClientFrame) => void, post: Post = refuseAsTooLarge) {
    this.#send = send;
    this.#post = post;
  }

  ask(frame: ClientFrame & { id: string }, online: boolean): Promise<AckFrame> {
    if (!online) return Promise.reject(new Disconnected());
    const size = new TextEncoder().encode(JSON.stringify(frame, wellFormed)).length;
    if (size > LARGEST_FRAME_BYTES) {
      return frame.op === "send" ? this.#post(frame) : Promise.reject(tooLarge());
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#take(frame.id)?.reject(new Disconnected()), ANSWER_WITHIN_MS);
      this.#take(frame.id)?.reject(new Disconnected("Asked again"));
      this.#waiting.set(frame.id, { size, timer, resolve, reject });
      this.#send(frame);
    });
  }

  acked(frame: AckFrame): void {
    this.#take(frame.id)?.resolve(frame);
  }

  refused(id: string, error: Refused): void {
    this.#take(id)?.reject(error);
  }

  /** The socket is gone: whatever was asked may or may not have happened. */
  lost(): void {
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(new Disconnected());
  }

  /** The server closed over the size of a frame: the largest must not be sent again as it is. */
  tooLarge(): void {
    const [largest] = [...this.#waiting].sort(([, a], [, b]) => b.size - a.size);
    if (largest) this.#take(largest[0])?.reject(tooLarge());
  }

  #take(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(id);
    return waiting;
  }
}

const refuseAsTooLarge: Post = () => Promise.reject(tooLarge());

function tooLarge(): Refused {
  return new Refused({ status: 413, code: "toolarge", title: "This message is too long" });
}
