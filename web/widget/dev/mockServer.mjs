/**
 * A stand-in for the server, to look at the widget and to drive it without one: `node dev/mockServer.mjs`, then open
 * http://localhost:4301/. Page and server are two sites, as they are in life.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join, normalize, resolve } from "node:path";
import { Desk, id } from "./desk.mjs";
import { hostPage } from "./hostPage.mjs";
import { accept } from "./socket.mjs";

const ASSETS = resolve(import.meta.dirname, "../../../kithdesk/web_assets/widget");
const TYPES = { js: "text/javascript", css: "text/css", html: "text/html; charset=utf-8" };
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data: https:; connect-src 'self'; base-uri 'none'; form-action 'none'";

export async function startMock({ serverPort = 4300, pagePort = 4301 } = {}) {
  const desk = new Desk();
  const server = createServer((request, response) => {
    answer(desk, request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.on("upgrade", (request, socket) => connect(desk, request, socket));
  const pages = createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(hostPage(url, `http://127.0.0.1:${serverPort}`));
  });
  await new Promise((done) => server.listen(serverPort, "127.0.0.1", done));
  await new Promise((done) => pages.listen(pagePort, "localhost", done));
  return {
    desk,
    close() {
      for (const socket of desk.sockets) socket.destroy();
      server.closeAllConnections();
      pages.closeAllConnections();
      server.close();
      pages.close();
    },
  };
}

async function answer(desk, request, response) {
  const url = new URL(request.url, "http://127.0.0.1");
  desk.requests.push({
    method: request.method,
    path: url.pathname + url.search,
    headers: request.headers,
  });
  response.setHeader("Access-Control-Allow-Origin", "*");
  response.setHeader("Access-Control-Allow-Headers", "authorization, content-type");
  response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
  response.setHeader("Access-Control-Expose-Headers", "X-Kithdesk-Position");
  if (request.method === "OPTIONS") return response.writeHead(204).end();
  if (!url.pathname.startsWith("/c/v1/") && !url.pathname.startsWith("/files/"))
    return asset(url.pathname, response);
  if (desk.delay) await new Promise((done) => setTimeout(done, desk.delay));
  const body = await read(request);
  const token = request.headers.authorization?.slice(7);
  const [status, value] = route(desk, request.method, url, token, body);
  if (Buffer.isBuffer(value)) {
    return response
      .writeHead(status, { "Content-Type": "image/svg+xml", "Cache-Control": "no-store" })
      .end(value);
  }
  response.setHeader("X-Kithdesk-Position", desk.position);
  response.writeHead(status, { "Content-Type": "application/json" });
  return response.end(value === null ? "" : JSON.stringify(value));
}

function route(desk, method, url, token, body) {
  const path = url.pathname.replace("/c/v1", "");
  if (path === "/chat/settings") return [200, one("chat_settings", "org", desk.settings)];
  if (method === "POST" && path === "/tracking/tokens") return [201, tokenAnswer(desk.newVisitor())];
  if (path === "/identity") return [200, identify(desk, desk.visitors.get(token), body)];
  if (path.startsWith("/uploads/")) return [201, upload(desk, path.slice(9))];
  if (path.startsWith("/files/")) return [200, picture(path)];
  const visitor = desk.visitors.get(token);
  if (!visitor) return [401, { errors: [{ status: 401, code: "unauthorized", title: "Sign in first" }] }];
  return ofVisitor(desk, visitor, { method, path, url, body });
}

function ofVisitor(desk, visitor, { method, path, url, body }) {
  const [, session, messages] = /^\/chat\/sessions\/(\w+)(\/messages)?$/.exec(path) ?? [];
  const file = /^\/chat\/attachments\/(\w+)$/.exec(path)?.[1];
  if (messages) return [200, page(desk, session, url)];
  if (session) return [200, change(desk, session, body)];
  if (file) return [200, signed(desk, file)];
  switch (`${method} ${path}`) {
    case "DELETE /tracking/tokens/current":
      return [204, logout(desk, visitor)];
    case "GET /tracking/tokens/current":
      return [200, tokenAnswer({ ...visitor, token: undefined })];
    case "GET /chat/sessions":
      return [200, list(desk, visitor)];
    case "POST /chat/messages":
      return [201, desk.send(visitor, body)];
    case "POST /chat/attachments":
      return [201, slot(desk, body)];
    default:
      desk.heard.push({ op: path, ...body });
      return [200, {}];
  }
}

function signed(desk, file) {
  const { attributes } = desk.files.get(file);
  return {
    ...one("attachment", file, attributes, { related: `/files/${file}` }),
    meta: { thumbnail: attributes.hasThumbnail ? `/files/${file}` : null },
  };
}

const one = (type, key, attributes, links) => ({ data: { type, id: key, attributes, links } });

const tokenAnswer = ({ id: key, token, identified, customerId, email }) =>
  one("tracking_token", key, { token, trackingId: key, customerId, identified, email });

function identify(desk, visitor, { externalToken }) {
  const known = [...desk.visitors.values()].find(({ email }) => email === externalToken);
  const next = desk.newVisitor();
  next.id = known?.id ?? visitor?.id ?? next.id;
  Object.assign(next, { identified: true, customerId: next.id, email: externalToken });
  for (const conversation of desk.conversations.values()) {
    if (conversation.owner === visitor?.id) conversation.owner = next.id;
  }
  if (visitor) logout(desk, visitor);
  return one("identity", next.id, { ...next, externalId: undefined });
}

function logout(desk, visitor) {
  desk.visitors.delete(visitor.token);
  for (const socket of desk.sockets) if (socket.visitor?.token === visitor.token) socket.close(4401);
  return null;
}

function list(desk, visitor) {
  const mine = [...desk.conversations.values()].filter(({ owner }) => owner === visitor.id);
  return {
    data: mine.map(({ id: key, attributes }) => ({ type: "chat_session", id: key, attributes })),
    meta: { page: 1, pageSize: 100, total: mine.length, totalPages: 1 },
    links: {},
  };
}

function page(desk, conversation, url) {
  const all = desk.conversations.get(conversation)?.messages ?? [];
  const before = url.searchParams.get("before");
  const size = Number(url.searchParams.get("pageSize"));
  const end = before ? all.findIndex(({ id: key }) => key === before) : all.length;
  const start = Math.max(0, end - size);
  return {
    data: all.slice(start, end).map(({ id: key, ...attributes }) => ({
      type: "message",
      id: key,
      attributes: { id: key, ...attributes },
    })),
    meta: { pageSize: size, more: start > 0 },
    links: {},
  };
}

function change(desk, key, { ended, seenMessage }) {
  const conversation = desk.conversations.get(key);
  if (ended) end(desk, conversation);
  if (seenMessage) conversation.attributes.unread = 0;
  return one("chat_session", key, conversation.attributes);
}

function end(desk, conversation) {
  Object.assign(conversation.attributes, { ended: true, endedAt: new Date().toISOString() });
  desk.tell(conversation.owner, "conversation.ended", {
    conversation: conversation.id,
    endedBy: { type: "customer", displayName: "Visitor" },
    endedAt: conversation.attributes.endedAt,
    reason: null,
  });
}

function slot(desk, { name, contentType, contentLength }) {
  const key = id();
  const image = contentType.startsWith("image/");
  const attributes = {
    id: key,
    name,
    contentType,
    contentLength,
    width: image ? 900 : null,
    height: image ? 600 : null,
    hasThumbnail: image,
  };
  desk.files.set(key, { attributes });
  return {
    ...one("attachment", key, attributes),
    meta: { upload: { url: `/c/v1/uploads/${key}`, fields: { key } } },
  };
}

function upload(desk, key) {
  return one("attachment", key, desk.files.get(key).attributes);
}

function picture(path) {
  const hue = Number.parseInt(path.slice(-2), 16) * 3;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 600"><rect width="900" height="600" fill="hsl(${hue} 30% 78%)"/><circle cx="680" cy="150" r="60" fill="hsl(${hue + 40} 70% 88%)"/><path d="M0 600 260 230l150 180 130-140 360 330z" fill="hsl(${hue} 28% 42%)"/><path d="M0 600 180 400l160 140 200-190 360 250z" fill="hsl(${hue} 30% 30%)"/></svg>`,
  );
}

function connect(desk, request, raw) {
  if (desk.blocked) return raw.destroy();
  const socket = accept(request, raw, (text) => {
    const frame = JSON.parse(text);
    desk.heard.push(frame);
    setTimeout(() => hear(desk, socket, frame), desk.delay ?? 0);
  });
  socket.subscribed = false;
  desk.sockets.add(socket);
  raw.on("close", () => desk.sockets.delete(socket));
  return undefined;
}

function hear(desk, socket, frame) {
  const { visitor } = socket;
  switch (frame.op) {
    case "hello":
      socket.visitor = desk.visitors.get(frame.token);
      if (!socket.visitor) return socket.close(4401);
      return socket.send({ op: "welcome", session: id(), heartbeat: 25, position: desk.position });
    case "subscribe":
      for (const { owner, frame: event } of desk.events) {
        if (owner === visitor.id && event.position > (frame.after ?? desk.position)) socket.send(event);
      }
      socket.subscribed = true;
      return socket.send({ op: "subscribed", topic: frame.topic, position: desk.position });
    case "send":
      if (desk.deaf) return undefined;
      if (desk.refuse) return socket.send({ op: "refused", id: frame.id, error: desk.refuse });
      return socket.send(desk.send(visitor, frame));
    case "read":
      desk.conversations.get(frame.conversation).attributes.unread = 0;
      return undefined;
    case "end":
      end(desk, desk.conversations.get(frame.conversation));
      return socket.send({ op: "ack", id: frame.id });
    case "ping":
      return socket.send({ op: "pong", position: desk.position });
    default:
      return frame.id && socket.send({ op: "ack", id: frame.id });
  }
}

async function read(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts);
  try {
    return JSON.parse(text.toString("utf8"));
  } catch {
    return {};
  }
}

async function asset(pathname, response) {
  const name = normalize(pathname.replace("/widget/", "/")).slice(1);
  try {
    const content = await readFile(join(ASSETS, name));
    const type = TYPES[name.split(".").at(-1)];
    if (name.endsWith(".html")) response.setHeader("Content-Security-Policy", CSP);
    return response.writeHead(200, { "Content-Type": type }).end(content);
  } catch {
    return response.writeHead(404).end();
  }
}

if (import.meta.filename === process.argv[1]) {
  await startMock();
  process.stdout.write("http://localhost:4301/\n");
}
