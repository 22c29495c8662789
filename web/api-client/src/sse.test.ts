import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { socketWithFallback } from "./fallback.ts";
import { LiveConnection } from "./live.ts";
import type { LiveEvent, SendFrame } from "./protocol.gen.ts";
import type { Refused } from "./refusals.ts";
import { scriptedSockets } from "./scriptedSocket.ts";
import { EventStreamSocket } from "./sse.ts";

const settle = () => vi.advanceTimersByTimeAsync(0);

/** A server that only speaks HTTP: one open stream at a time, and answers to posts. */
function streamingServer(post: (body: unknown) => Response = () => Response.json({})) {
  const asked: { url: string; authorization: string | null; body: unknown }[] = [];
  let write: (text: string) => void = () => undefined;
  let end: () => void = () => undefined;
  let status = 200;
  const answer = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = String(input);
    const body = typeof init?.body === "string" ? (JSON.parse(init.body) as unknown) : null;
    asked.push({ url, authorization: new Headers(init?.headers).get("Authorization"), body });
    if (!url.includes("/live/events")) return Promise.resolve(post(body));
    if (status !== 200) return Promise.resolve(new Response(null, { status }));
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        write = (text) => controller.enqueue(new TextEncoder().encode(text));
        end = () => controller.close();
      },
    });
    return Promise.resolve(new Response(stream));
  };
  return {
    asked,
    fetch: answer as typeof fetch,
    write: async (text: string) => {
      write(text);
      await settle();
      await settle();
    },
    end: async () => {
      end();
      await settle();
    },
    refuse: (code: number) => {
      status = code;
    },
  };
}

function connect(server: ReturnType<typeof streamingServer>) {
  const positions: number[] = [];
  const live: LiveConnection = new LiveConnection({
    open: () => new EventStreamSocket({ cursor: () => live.cursor("visitor"), fetch: server.fetch }),
    client: "test/1",
    hello: () => ({ token: "T" }),
    random: () => 1,
  });
  live.subscribe("visitor", 4, {
    event: (_: LiveEvent, position) => void positions.push(position),
    resync: () => Promise.resolve(0),
    refused: () => undefined,
  });
  live.start();
  return { live, positions };
}

const event = (position: number) => {
  const frame = { op: "event", topic: "visitor", position, event: { kind: "message.created", data: {} } };
  return `id: ${position}\ndata: ${JSON.stringify(frame)}\n\n`;
};

const send: SendFrame = {
  op: "send",
  id: "a",
  conversation: "c",
  body: "hi",
  attachments: [],
  kind: "message",
};

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

test("test_T66 the stream takes the token in a header and never in its address", async () => {
  const server = streamingServer();
  const { live } = connect(server);
  await settle();

  expect(server.asked).toEqual([{ url: "/c/v1/live/events?after=4", authorization: "Bearer T", body: null }]);
  expect(live.state).toBe("online");
});

test("events come in whatever pieces the network cuts, once each", async () => {
  const server = streamingServer();
  const { positions } = connect(server);
  await settle();
  const text = event(5) + event(6) + event(6) + event(9);

  for (let at = 0; at < text.length; at += 7) await server.write(text.slice(at, at + 7));

  expect(positions).toEqual([5, 6, 9]);
});

test("a stream that ends is resumed after the last event", async () => {
  const server = streamingServer();
  const { positions } = connect(server);
  await settle();
  await server.write(event(8));

  await server.end();
  await vi.advanceTimersByTimeAsync(1_000);
  await server.write(event(8) + event(10));

  expect(server.asked.at(-1)?.url).toBe("/c/v1/live/events?after=8");
  expect(positions).toEqual([8, 10]);
});

test("comments keep the stream alive, and silence ends it", async () => {
  const server = streamingServer();
  const { live } = connect(server);
  await settle();

  for (let quarter = 0; quarter < 6; quarter += 1) {
    await vi.advanceTimersByTimeAsync(15_000);
    await server.write(": still here\n\n");
  }
  expect(live.state).toBe("online");
  await vi.advanceTimersByTimeAsync(60_000);

  expect(server.asked.length).toBeGreaterThan(1);
});

test("a message goes by POST in the shape of its frame, and its answer is the ack", async () => {
  const server = streamingServer(() => Response.json({ op: "ack", id: "a", conversation: "c", position: 9 }));
  const { live } = connect(server);
  await settle();

  const ack = await live.request(send);

  const { op: _, ...body } = send;
  expect(server.asked.at(-1)).toEqual({ url: "/c/v1/chat/messages", authorization: "Bearer T", body });
  expect(ack).toMatchObject({ id: "a", conversation: "c" });
});

test("a refused message is refused with the server's code", async () => {
  const refusal = { errors: [{ status: 429, code: "ratelimited", title: "Too many" }] };
  const server = streamingServer(() =>
    Response.json(refusal, { status: 429, headers: { "Retry-After": "3" } }),
  );
  const { live } = connect(server);
  await settle();

  const error = (await live.request(send).catch((refused: Refused) => refused)) as Refused;

  expect([error.code, error.retryAfter]).toEqual(["ratelimited", 3]);
});

test("a dead token on the stream is the same as on the socket", async () => {
  const server = streamingServer();
  server.refuse(401);
  const { live } = connect(server);
  await vi.advanceTimersByTimeAsync(30_000);

  expect(live.state).toBe("refused");
});

function fallback() {
  const sockets = scriptedSockets();
  const streams = scriptedSockets();
  const has = { code: true };
  const open = socketWithFallback({
    base: "",
    openWebSocket: sockets.open,
    eventStream: () => (has.code ? Promise.resolve(streams.open) : Promise.reject(new TypeError("Failed"))),
  });
  const blockSockets = () => {
    for (let tries = 0; tries < 3; tries += 1) {
      open();
      sockets.last().closes(1006);
    }
  };
  return { sockets, streams, open, blockSockets, has };
}

test("three handshakes that nobody answers, and the stream gets its turn and keeps it", async () => {
  const { sockets, streams, open, blockSockets } = fallback();
  blockSockets();

  open();
  await settle();
  streams.last().welcomes();
  streams.last().closes(1006);
  open();
  await settle();

  expect([sockets.all.length, streams.all.length]).toEqual([3, 2]);
});

test("when the stream is not answered either, the server is away and the socket is tried again", async () => {
  const { sockets, streams, open, blockSockets } = fallback();
  blockSockets();
  open();
  await settle();
  streams.last().closes(1006);

  open();

  expect([sockets.all.length, streams.all.length]).toEqual([4, 1]);
});

test("a stream whose code cannot be fetched is like a server that is away", async () => {
  const { sockets, streams, open, blockSockets, has } = fallback();
  blockSockets();
  has.code = false;
  const closed = vi.fn();

  const socket = open();
  socket.onclose = closed;
  await settle();
  socket.close(1000);
  open();

  expect(closed.mock.calls).toEqual([[{ code: 1006 }]]);
  expect([sockets.all.length, streams.all.length]).toEqual([4, 0]);
});

test("what is said to a stream, and that it is given up, waits for its code", async () => {
  const { streams, open, blockSockets } = fallback();
  blockSockets();

  const socket = open();
  socket.send('{"op":"ping"}');
  socket.close(1000);
  expect(streams.all).toEqual([]);
  await settle();

  expect(streams.last().heard("ping")).toHaveLength(1);
  expect(streams.last().closed).toBe(1000);
});

test("sockets that were welcomed and lost never lead to the stream", () => {
  const { sockets, streams, open } = fallback();
  for (let tries = 0; tries < 10; tries += 1) {
    open();
    sockets.last().welcomes();
    sockets.last().closes(1006);
  }

  expect([sockets.all.length, streams.all.length]).toEqual([10, 0]);
});
