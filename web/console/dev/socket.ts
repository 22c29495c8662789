import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** Just enough of RFC 6455 for one browser at a time: text frames both ways, no extensions. */
export interface Socket {
  send(frame: unknown): void;
  close(code: number): void;
}

interface Handlers {
  message(socket: Socket, frame: Record<string, unknown>): void;
  closed(socket: Socket): void;
}

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

export function accept(request: IncomingMessage, stream: Duplex, handlers: Handlers): void {
  const key = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${GUID}`).digest("base64");
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`,
  );
  let received = Buffer.alloc(0);
  const socket: Socket = {
    send: (frame) => stream.writable && stream.write(encode(1, Buffer.from(JSON.stringify(frame)))),
    close: (code) => {
      const body = Buffer.alloc(2);
      body.writeUInt16BE(code);
      stream.end(encode(8, body));
    },
  };
  stream.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (let frame = decode(received); frame !== null; frame = decode(received)) {
      received = received.subarray(frame.size);
      if (frame.opcode === 1) handlers.message(socket, JSON.parse(frame.body.toString("utf8")));
      if (frame.opcode === 8) stream.end();
    }
  });
  stream.on("close", () => handlers.closed(socket));
  stream.on("error", () => stream.destroy());
}

function encode(opcode: number, body: Buffer): Buffer {
  const head = Buffer.alloc(body.length < 126 ? 2 : body.length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  if (body.length < 126) head[1] = body.length;
  else if (body.length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(body.length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(body.length), 2);
  }
  return Buffer.concat([head, body]);
}

function decode(data: Buffer): { opcode: number; body: Buffer; size: number } | null {
  if (data.length < 2) return null;
  const short = (data[1] ?? 0) & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  const start = 2 + extra + 4;
  if (data.length < start) return null;
  const length = extra === 0 ? short : extra === 2 ? data.readUInt16BE(2) : Number(data.readBigUInt64BE(2));
  if (data.length < start + length) return null;
  const mask = data.subarray(start - 4, start);
  const body = Buffer.from(
    data.subarray(start, start + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0)),
  );
  return { opcode: (data[0] ?? 0) & 0x0f, body, size: start + length };
}
