import type { ClientFrame, ServerFrame } from "./protocol.gen.ts";
import type { LiveSocket, OpenSocket } from "./socket.ts";

/** A socket whose other end is the test: it says what the server says, and reads what the client sent. */
export class ScriptedSocket implements LiveSocket {
  onopen: LiveSocket["onopen"] = null;
  onmessage: LiveSocket["onmessage"] = null;
  onclose: LiveSocket["onclose"] = null;
  readonly sent: ClientFrame[] = [];
  closed: number | null = null;

  send(data: string): void {
    this.sent.push(JSON.parse(data) as ClientFrame);
  }

  close(code = 1005): void {
    this.closed = code;
  }

  opens(): void {
    this.onopen?.();
  }

  says(frame: ServerFrame | Record<string, unknown> | string): void {
    this.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
  }

  welcomes(position = 0): void {
    this.opens();
    this.says({ op: "welcome", session: "s", heartbeat: 25, position });
  }

  closes(code: number): void {
    this.onclose?.({ code });
  }

  /** What the client sent with this op, in order. */
  heard<Op extends ClientFrame["op"]>(op: Op): Extract<ClientFrame, { op: Op }>[] {
    return this.sent.filter((frame) => frame.op === op) as Extract<ClientFrame, { op: Op }>[];
  }
}

export function scriptedSockets(): { open: OpenSocket; all: ScriptedSocket[]; last(): ScriptedSocket } {
  const all: ScriptedSocket[] = [];
  return {
    all,
    open: () => {
      const socket = new ScriptedSocket();
      all.push(socket);
      return socket;
    },
    last: () => {
      const socket = all.at(-1);
      if (!socket) throw new Error("Nothing has connected yet");
      return socket;
    },
  };
}
