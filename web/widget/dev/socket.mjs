import { createHash } from "node:crypto";

/** The little of a WebSocket server that text frames under 64 KiB need. */
export function accept(request, socket, onText) {
  const key = createHash("sha1")
    .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`,
  );
  let rest = Buffer.alloc(0);
  socket.on("data", (data) => {
    rest = Buffer.concat([rest, data]);
    for (let frame = read(rest); frame; frame = read(rest)) {
      rest = rest.subarray(frame.end);
      if (frame.opcode === 8) socket.end();
      else if (frame.opcode === 1) onText(frame.payload.toString("utf8"));
    }
  });
  socket.on("error", () => socket.destroy());
  return {
    send: (value) => socket.writable && socket.write(write(1, Buffer.from(JSON.stringify(value)))),
    close: (code) => {
      const reason = Buffer.alloc(2);
      reason.writeUInt16BE(code);
      socket.end(write(8, reason));
    },
    destroy: () => socket.destroy(),
  };
}

function read(data) {
  if (data.length < 2) return null;
  let length = data[1] & 127;
  let at = 2;
  if (length === 126) {
    if (data.length < 4) return null;
    length = data.readUInt16BE(2);
    at = 4;
  } else if (length === 127) {
    length = Number(data.readBigUInt64BE(2));
    at = 10;
  }
  const end = at + 4 + length;
  if (data.length < end) return null;
  const mask = data.subarray(at, at + 4);
  const payload = Buffer.from(data.subarray(at + 4, end));
  for (let index = 0; index < payload.length; index += 1) payload[index] ^= mask[index % 4];
  return { opcode: data[0] & 15, payload, end };
}

function write(opcode, payload) {
  const { length } = payload;
  const head =
    length < 126
      ? Buffer.from([128 | opcode, length])
      : Buffer.from([128 | opcode, 126, length >> 8, length & 255]);
  return Buffer.concat([head, payload]);
}
