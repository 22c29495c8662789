import type { ClientFrame, ServerFrame } from "@kithdesk/api-client";
import { vi } from "vitest";

import { connect } from "./live.ts";

/** The other end of the page's connection: it welcomes, answers each `subscribe`, and says what the test says. */
export class LiveServer {
  readonly heard: ClientFrame[] = [];
  position = 10;
  #socket: ScriptedSocket | null = null;

  constructor() {
    const server = this;
    vi.stubGlobal(
      "WebSocket",
      class extends ScriptedSocket {
        constructor() {
          super((frame) => server.#hear(frame));
          server.#socket = this;
        }
      },
    );
  }

  /** Resolves when the page is online. */
  async connects(): Promise<void> {
    connect();
    await vi.waitFor(() => {
      if (!this.heard.some(({ op }) => op === "hello")) throw new Error("Nobody said hello");
    });
  }

  says(frame: ServerFrame): void {
    this.#socket?.onmessage?.({ data: JSON.stringify(frame) });
  }

  breaksOff(): void {
    this.#socket?.onclose?.({ code: 1006 });
  }

  /** What the page sent with this op, in order. */
  of<Op extends ClientFrame["op"]>(op: Op): Extract<ClientFrame, { op: Op }>[] {
    return this.heard.filter((frame) => frame.op === op) as Extract<ClientFrame, { op: Op }>[];
  }

  #hear(frame: ClientFrame): void {
    this.heard.push(frame);
    const { position } = this;
    if (frame.op === "hello") this.says({ op: "welcome", session: "s", heartbeat: 25, position });
    if (frame.op === "subscribe") this.says({ op: "subscribed", topic: frame.topic, position });
  }
}

class ScriptedSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly #hear: (frame: ClientFrame) => void;

  constructor(hear: (frame: ClientFrame) => void) {
    this.#hear = hear;
    queueMicrotask(() => this.onopen?.());
  }

  send(data: string): void {
    this.#hear(JSON.parse(data) as ClientFrame);
  }

  close(): void {
    this.onclose = null;
  }
}
