import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { deflateSync } from "node:zlib";

import { answer } from "./routes.ts";
import { accept, type Socket } from "./socket.ts";
import type { JournalEvent, Json, World } from "./world.ts";

/** A stand-in for the server, for looking at the console: HTTP, live, and the built files under the strict policy of the real one. */
export interface DevServer {
  readonly url: string;
  readonly world: World;
  /** What the next sign-in check answers. */
  isSignedIn: boolean;
  signOut(): void;
  /** Refuse and drop live connections. */
  isOffline: boolean;
  signal(frame: Json): void;
  dropSockets(): void;
  stop(): Promise<void>;
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

export async function startServer(world: World, files: string, port = 0): Promise<DevServer> {
  const sockets = new Map<Socket, Map<string, number>>();
  const http: Server = createServer((request, response) => void handle(server, files, request, response));
  const server: DevServer = {
    url: "",
    world,
    isSignedIn: true,
    isOffline: false,
    signOut: () => {
      server.isSignedIn = false;
    },
    signal: (frame) => {
      for (const [socket, topics] of sockets)
        if (topics.has(`conversation:${frame.conversation}`)) socket.send({ op: "signal", ...frame });
    },
    dropSockets: () => {
      for (const socket of sockets.keys()) socket.close(1001);
    },
    stop: () =>
      new Promise((resolve) => {
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
  http.on("upgrade", (request, stream) => {
    if (server.isOffline) {
      stream.destroy();
      return;
    }
    accept(request, stream, {
      message: (socket, frame) => receive(server, sockets, socket, frame),
      closed: (socket) => sockets.delete(socket),
    });
  });
  world.listeners.add((event) => {
    for (const [socket, topics] of sockets)
      for (const topic of event.topics) if (topics.has(topic)) socket.send(eventFrame(topic, event));
  });
  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  const address = http.address();
  Object.assign(server, { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : port}` });
  return server;
}

function receive(
  { world }: DevServer,
  sockets: Map<Socket, Map<string, number>>,
  socket: Socket,
  frame: Json,
): void {
  const topics = sockets.get(socket) ?? new Map<string, number>();
  sockets.set(socket, topics);
  const { op, topic, id } = frame as { op: string; topic: string; id?: string };
  if (op === "hello") socket.send({ op: "welcome", session: "dev", heartbeat: 25, position: world.position });
  else if (op === "subscribe") {
    const after = Number(frame.after ?? world.position);
    for (const event of world.journal.slice(after))
      if (event.topics.includes(topic)) socket.send(eventFrame(topic, event));
    topics.set(topic, after);
    socket.send({ op: "subscribed", topic, position: world.position });
  } else if (op === "unsubscribe") topics.delete(topic);
  else if (op === "send") {
    const body = String(frame.body);
    if (body.includes("refuse me")) {
      socket.send({
        op: "refused",
        id,
        error: { status: 403, code: "forbidden", title: "You may not write here" },
      });
      return;
    }
    const attachments = (frame.attachments as string[]).flatMap((one): Json[] =>
      [world.attachments.get(one) ?? []].flat(),
    );
    const event = world.say(String(frame.conversation), body, {
      by: world.me,
      kind: frame.kind as "message",
      clientId: String(id),
      attachments,
    });
    socket.send({
      op: "ack",
      id,
      message: event.data.message,
      conversation: frame.conversation,
      position: event.position,
    });
    return;
  }
  if (op === "ping") socket.send({ op: "pong", position: world.position });
  else if (id !== undefined) socket.send({ op: "ack", id });
}

function eventFrame(topic: string, { position, kind, at, data, actor, id }: JournalEvent): Json {
  return { op: "event", topic, position, event: { id, kind, at, actor, data } };
}

async function handle(
  server: DevServer,
  files: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", server.url || "http://127.0.0.1");
  response.setHeader("Content-Security-Policy", POLICY);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "no-referrer");
  if (url.pathname.startsWith("/files/")) {
    response.setHeader("Content-Type", "image/png");
    response.end(gradient(320, 240));
    return;
  }
  if (!url.pathname.startsWith("/v1/") && !url.pathname.startsWith("/c/"))
    return sendFile(files, url.pathname, response);
  const text = await bodyOf(request);
  const isDoor = url.pathname.startsWith("/v1/auth/");
  if (isDoor && request.method === "POST") server.isSignedIn = !text.includes("wrong");
  if (!server.isSignedIn)
    return send(
      response,
      401,
      { errors: [{ status: 401, code: "unauthorized", title: "Sign in first" }] },
      server,
    );
  const { status, body } = answer(server.world, request.method ?? "GET", url, parse(text));
  return send(response, status, body, server);
}

function send(response: ServerResponse, status: number, body: Json | null, { world }: DevServer): void {
  response.statusCode = status;
  response.setHeader("Content-Type", "application/json");
  response.setHeader("X-Kithdesk-Position", String(world.position));
  response.end(body === null ? undefined : JSON.stringify(body));
}

async function sendFile(files: string, path: string, response: ServerResponse): Promise<void> {
  const name = normalize(path === "/" ? "/index.html" : path);
  try {
    const content = await readFile(join(files, name));
    response.setHeader("Content-Type", TYPES[extname(name)] ?? "application/octet-stream");
    response.end(content);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}

/** A picture without a file: a PNG of a dusk over hills. */
function gradient(width: number, height: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isHill = y > height * 0.62 + Math.sin(x / 38) * 16 + Math.sin(x / 13) * 5;
      const colour = isHill ? [52, 74, 66] : [214 - y / 3, 160 + y / 6, 120 + y / 4];
      rows.set(colour.map(Math.round), y * (width * 3 + 1) + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc(body));
  return Buffer.concat([size, body, check]);
}

function crc(data: Buffer): number {
  let value = 0xffffffff;
  for (const byte of data) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}
