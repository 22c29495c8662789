import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Hello, LiveConnection, type LiveOptions } from "./live.ts";
import type { LiveEvent, SendFrame } from "./protocol.gen.ts";
import type { Disconnected, Refused } from "./refusals.ts";
import { scriptedSockets } from "./scriptedSocket.ts";

const settle = () => vi.advanceTimersByTimeAsync(0);

function start(options: Partial<LiveOptions> = {}) {
  const sockets = scriptedSockets();
  const states: string[] = [];
  const live = new LiveConnection({
    open: sockets.open,
    client: "test/1",
    hello: () => ({ token: "T" }),
    onState: (state) => states.push(state),
    random: () => 1,
    ...options,
  });
  live.start();
  return { live, sockets, states };
}

async function online(options: Partial<LiveOptions> = {}) {
  const started = start(options);
  await settle();
  started.sockets.last().welcomes();
  return started;
}

function reader(resync: (position: number) => Promise<number> = () => Promise.reject(new Error("unused"))) {
  const positions: number[] = [];
  const refusals: Refused[] = [];
  return {
    positions,
    refusals,
    event: (_: LiveEvent, position: number) => void positions.push(position),
    resync: vi.fn(resync),
    refused: (error: Refused) => void refusals.push(error),
  };
}

const at = (position: number, topic = "visitor") => ({
  op: "event",
  topic,
  position,
  event: { kind: "message.created", at: "2026-01-01T00:00:00.000Z", data: {} },
});

const send = (id: string, body = "hi"): SendFrame => ({
  op: "send",
  id,
  conversation: "c",
  body,
  attachments: [],
  kind: "message",
});

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("the first frame says who is there, and the token is nowhere else", async () => {
  const { sockets, live, states } = start();
  await settle();

  sockets.last().welcomes();

  expect(sockets.last().sent[0]).toEqual({ op: "hello", token: "T", client: "test/1" });
  expect(live.state).toBe("online");
  expect(states).toEqual(["connecting", "online"]);
});

test("an agent's browser leaves the token to its cookie", async () => {
  const { sockets } = await online({ hello: () => ({}) });

  expect(sockets.last().sent[0]).toEqual({ op: "hello", client: "test/1" });
});

test("a reconnect resumes after the last event and repeats none", async () => {
  const { live, sockets } = await online();
  const visitor = reader();
  live.subscribe("visitor", 10, visitor);
  sockets.last().says(at(11));
  sockets.last().says({ op: "subscribed", topic: "visitor", position: 12 });
  sockets.last().says(at(15));

  sockets.last().closes(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  sockets.last().welcomes();
  expect(sockets.last().heard("subscribe")).toEqual([{ op: "subscribe", topic: "visitor", after: 15 }]);
  sockets.last().says(at(15));
  sockets.last().says(at(17));

  expect(sockets.all).toHaveLength(2);
  expect(visitor.positions).toEqual([11, 15, 17]);
});

test("a subscription made while offline is asked for at the welcome", async () => {
  const { live, sockets } = start();
  live.subscribe("visitor", 3, reader());
  await settle();

  sockets.last().welcomes();

  expect(sockets.last().heard("subscribe")).toEqual([{ op: "subscribe", topic: "visitor", after: 3 }]);
});

test("pong moves the cursors of topics that were answered, and of no other", async () => {
  const { live, sockets } = await online();
  const answered = live.subscribe("visitor", 1, reader());
  const asked = live.subscribe("conversation:a", 1, reader());
  sockets.last().says({ op: "subscribed", topic: "visitor", position: 4 });

  sockets.last().says({ op: "pong", position: 40 });

  expect(answered.cursor).toBe(40);
  expect(asked.cursor).toBe(1);
});

test("one event comes once per topic", async () => {
  const { live, sockets } = await online();
  const visitor = reader();
  const conversation = reader();
  live.subscribe("visitor", 0, visitor);
  live.subscribe("conversation:a", 0, conversation);

  sockets.last().says(at(5));
  sockets.last().says(at(5, "conversation:a"));
  sockets.last().says(at(5));

  expect([visitor.positions, conversation.positions]).toEqual([[5], [5]]);
});

test("an event that a screen cannot draw does not stop the next", async () => {
  const reported = vi.fn();
  vi.stubGlobal("reportError", reported);
  const { live, sockets } = await online();
  const seen: number[] = [];
  live.subscribe("visitor", 0, {
    event: (_, position) => {
      if (position === 1) throw new Error("broken");
      seen.push(position);
    },
    resync: () => Promise.resolve(0),
    refused: () => undefined,
  });

  sockets.last().says(at(1));
  sockets.last().says(at(2));

  expect(seen).toEqual([2]);
  expect(reported).toHaveBeenCalledOnce();
});

test("resync reads everything by HTTP, then subscribes after what that answer covers", async () => {
  const { live, sockets } = await online();
  const visitor = reader(() => Promise.resolve(900));
  live.subscribe("visitor", 1, visitor);

  sockets.last().says({ op: "resync", topic: "visitor", position: 880 });
  sockets.last().says({ op: "pong", position: 950 });
  await settle();

  expect(visitor.resync).toHaveBeenCalledWith(880);
  expect(sockets.last().heard("subscribe").at(-1)).toEqual({ op: "subscribe", topic: "visitor", after: 900 });
});

test("a resync that fails is tried again, and outlives the socket", async () => {
  const { live, sockets } = await online();
  const answers = [() => Promise.reject(new Error("down")), () => Promise.resolve(70)];
  const visitor = reader(() => (answers.shift() ?? (() => Promise.resolve(0)))());
  live.subscribe("visitor", 1, visitor);

  sockets.last().says({ op: "resync", topic: "visitor", position: 60 });
  sockets.last().closes(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  sockets.last().welcomes();
  await vi.advanceTimersByTimeAsync(1_000);

  expect(visitor.resync).toHaveBeenCalledTimes(2);
  expect(sockets.last().heard("subscribe")).toEqual([{ op: "subscribe", topic: "visitor", after: 70 }]);
});

test("a topic left and entered again does not take late events of the old subscription for new ones", async () => {
  const { live, sockets } = await online();
  const before = live.subscribe("conversation:a", 5, reader());
  sockets.last().says({ op: "subscribed", topic: "conversation:a", position: 5 });
  before.end();
  const again = reader();
  live.subscribe("conversation:a", 5, again);

  sockets.last().says(at(9, "conversation:a"));
  const [leave] = sockets.last().heard("unsubscribe");
  expect(sockets.last().heard("subscribe")).toHaveLength(1);
  sockets.last().says({ op: "ack", id: leave?.id });
  for (const position of [7, 9]) sockets.last().says(at(position, "conversation:a"));

  expect(sockets.last().heard("subscribe")).toHaveLength(2);
  expect(again.positions).toEqual([7, 9]);
});

test("losing the right to a topic ends it, and no reconnect asks for it again", async () => {
  const { live, sockets } = await online();
  const hidden = reader();
  live.subscribe("conversation:a", 0, hidden);

  sockets.last().says({
    op: "refused",
    id: null,
    topic: "conversation:a",
    error: { status: 404, code: "notfound", title: "Not found" },
  });
  sockets.last().closes(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  sockets.last().welcomes();

  expect(hidden.refusals.map(({ code }) => code)).toEqual(["notfound"]);
  expect(sockets.last().heard("subscribe")).toEqual([]);
});

const refuses = (status: number, retryAfter?: number) => ({
  op: "refused",
  id: null,
  of: "subscribe",
  topic: "inbox",
  error: { status, code: "x", title: "X", ...(retryAfter === undefined ? {} : { retryAfter }) },
});

test.each([500, 503, 429, 401])(
  "a subscription refused with %d is asked for until it follows",
  async (status) => {
    const { live, sockets } = await online();
    const inbox = reader();
    live.subscribe("inbox", 7, inbox);

    sockets.last().says(refuses(status));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sockets.last().heard("subscribe")).toHaveLength(2);
    sockets.last().says(refuses(status));
    await vi.advanceTimersByTimeAsync(2_000);
    sockets.last().says({ op: "subscribed", topic: "inbox", position: 9 });
    sockets.last().says(at(10, "inbox"));

    expect(sockets.last().heard("subscribe")).toEqual(
      Array(3).fill({ op: "subscribe", topic: "inbox", after: 7 }),
    );
    expect(inbox.refusals).toEqual([]);
    expect(inbox.positions).toEqual([10]);
  },
);

test("a subscription is not asked for again before the server allows it", async () => {
  const { live, sockets } = await online();
  live.subscribe("inbox", 7, reader());

  sockets.last().says(refuses(429, 9));
  await vi.advanceTimersByTimeAsync(8_900);
  expect(sockets.last().heard("subscribe")).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);

  expect(sockets.last().heard("subscribe")).toHaveLength(2);
});

test("whoever was stopped comes back when asked to", async () => {
  const { sockets, live } = await online();
  live.stop();

  live.reconnect();
  await settle();
  sockets.last().welcomes();

  expect(sockets.all).toHaveLength(2);
  expect(live.state).toBe("online");
});

test("waits grow with each failure and stay within their limit", async () => {
  const { sockets } = start();
  await settle();
  const waits: number[] = [];

  for (let tries = 0; tries < 8; tries += 1) {
    const before = Date.now();
    const count = sockets.all.length;
    sockets.last().closes(1006);
    while (sockets.all.length === count) await vi.advanceTimersByTimeAsync(500);
    waits.push(Date.now() - before);
  }

  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000]);
});

test("the whole of a wait is chance, so that a thousand clients spread", async () => {
  const { sockets } = start({ random: () => 0.01 });
  await settle();

  sockets.last().closes(1006);
  await vi.advanceTimersByTimeAsync(10);

  expect(sockets.all).toHaveLength(2);
});

test("goodbye is left after the delay that the server gave this client, not sooner", async () => {
  const { sockets, live } = await online();

  sockets.last().says({ op: "goodbye", retryAfterMs: 4_200 });
  sockets.last().closes(1012);
  await vi.advanceTimersByTimeAsync(4_100);
  expect(live.state).toBe("offline");
  expect(sockets.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);

  expect(sockets.all).toHaveLength(2);
});

test("a server that says goodbye and never closes is left all the same", async () => {
  const { sockets } = await online();

  sockets.last().says({ op: "goodbye", retryAfterMs: 2_000 });
  await vi.advanceTimersByTimeAsync(3_500);

  expect(sockets.all).toHaveLength(2);
});

test("a ping goes out every 25 seconds", async () => {
  const { sockets } = await online();

  await vi.advanceTimersByTimeAsync(25_000);
  sockets.last().says({ op: "pong", position: 1 });
  await vi.advanceTimersByTimeAsync(25_000);

  expect(sockets.last().heard("ping")).toHaveLength(2);
});

test("a silent server is left without waiting for its socket to close", async () => {
  const { sockets, states } = await online();

  await vi.advanceTimersByTimeAsync(35_000);

  expect(sockets.all[0]?.closed).not.toBeNull();
  expect(states.at(-1)).toBe("offline");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sockets.all).toHaveLength(2);
});

test("what the server sends unasked wakes a tab whose timers are slowed", async () => {
  const { sockets } = await online();
  vi.setSystemTime(Date.now() + 24_000);

  sockets.last().says({ op: "pong", position: 1 });

  expect(sockets.last().heard("ping")).toHaveLength(1);
});

test("a handshake that nobody answers is given up", async () => {
  const { sockets } = start();
  await settle();

  await vi.advanceTimersByTimeAsync(11_000);

  expect(sockets.all[0]?.closed).not.toBeNull();
  expect(sockets.all).toHaveLength(2);
});

test("4401 asks for a new token and connects with it at once", async () => {
  const asked: boolean[] = [];
  const hello = (wasRefused: boolean): Hello => {
    asked.push(wasRefused);
    return { token: wasRefused ? "new" : "old" };
  };
  const { sockets } = await online({ hello });

  sockets.last().closes(4401);
  await settle();
  sockets.last().welcomes();

  expect(asked).toEqual([false, true]);
  expect(sockets.last().sent[0]).toMatchObject({ token: "new" });
});

test("4401 with no other token stops until somebody signs in", async () => {
  const tokens: (Hello | null)[] = [{ token: "old" }, null, { token: "new" }];
  const { sockets, live, states } = await online({ hello: () => tokens.shift() ?? null });

  sockets.last().closes(4401);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(sockets.all).toHaveLength(1);
  expect(states.at(-1)).toBe("refused");

  live.reconnect();
  await settle();
  sockets.last().welcomes();
  expect(live.state).toBe("online");
});

test("a token that the server keeps refusing is not tried for ever", async () => {
  const { sockets, live } = start();
  await settle();

  while (live.state !== "refused") {
    const count = sockets.all.length;
    sockets.last().closes(4401);
    for (let ms = 0; ms < 5_000 && sockets.all.length === count; ms += 500)
      await vi.advanceTimersByTimeAsync(500);
  }

  expect(live.state).toBe("refused");
  expect(sockets.all).toHaveLength(4);
});

test("4403 stops", async () => {
  const { sockets, live } = await online();

  sockets.last().closes(4403);
  await vi.advanceTimersByTimeAsync(120_000);

  expect(live.state).toBe("refused");
  expect(sockets.all).toHaveLength(1);
});

test("4429 backs off much further than a lost connection", async () => {
  const { sockets } = await online();

  sockets.last().closes(4429);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(sockets.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);

  expect(sockets.all).toHaveLength(2);
});

test("4413 refuses the largest frame for good, so that it is not sent for ever", async () => {
  const { sockets, live } = await online();
  const large = live.request(send("large", "x".repeat(5_000))).catch((error: Refused) => error.code);
  const small = live.request(send("small")).catch((error: Disconnected) => error.name);

  sockets.last().closes(4413);

  expect(await large).toBe("toolarge");
  expect(await small).toBe("Disconnected");
});

test("a message over the limit of frames goes by HTTP, and its answer is the same", async () => {
  const post = vi.fn(async ({ id }: SendFrame) => ({ op: "ack" as const, id, conversation: "c" }));
  const { sockets, live } = await online({ post });
  const large = send("a", '"'.repeat(32 * 1024));

  expect(await live.request(large)).toMatchObject({ id: "a", conversation: "c" });
  void live.request(send("b")).catch(() => undefined);

  expect(post.mock.calls).toEqual([[large]]);
  expect(sockets.last().heard("send")).toMatchObject([{ id: "b" }]);
});

test("a frame over the limit that has no other door is refused before it leaves", async () => {
  const { sockets, live } = await online();

  const answer = await live.request(send("a", "é".repeat(33_000))).catch((error: Refused) => error.status);

  expect(answer).toBe(413);
  expect(sockets.last().heard("send")).toEqual([]);
});

test("a request resolves with its ack, and is refused with its code", async () => {
  const { sockets, live } = await online();
  const acked = live.request(send("a"));
  const refused = live.request(send("b")).catch((error: Refused) => [error.code, error.retryAfter]);

  const error = { status: 429, code: "ratelimited", title: "Too many", retryAfter: 3 };
  sockets.last().says({ op: "refused", id: "b", error });
  sockets.last().says({ op: "ack", id: "a", conversation: "c", position: 3 });

  expect(await acked).toMatchObject({ conversation: "c" });
  expect(await refused).toEqual(["ratelimited", 3]);
});

test("what was asked on a socket that closes is disconnected, whatever the code", async () => {
  const { sockets, live } = await online();
  const unknown = live.request(send("a")).catch((error: Error) => error.name);

  sockets.last().closes(1011);

  expect(await unknown).toBe("Disconnected");
});

test("typing is sent only while somebody can hear it", async () => {
  const { sockets, live } = await online();

  expect(live.tell({ op: "typing", conversation: "c", on: true })).toBe(true);
  sockets.last().closes(1006);

  expect(live.tell({ op: "typing", conversation: "c", on: false })).toBe(false);
});

test("the network coming back is not waited out", async () => {
  const browser = new EventTarget();
  vi.stubGlobal("addEventListener", browser.addEventListener.bind(browser));
  vi.stubGlobal("removeEventListener", browser.removeEventListener.bind(browser));
  const { sockets } = start();
  await settle();
  for (let tries = 0; tries < 5; tries += 1) {
    sockets.last().closes(1006);
    await vi.advanceTimersByTimeAsync(10_000);
  }
  const before = sockets.all.length;
  sockets.last().closes(1006);

  browser.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(1_000);

  expect(sockets.all).toHaveLength(before + 1);
});

test("nonsense and unknown frames are passed over", async () => {
  const { sockets, live } = await online();

  for (const text of ["{", "null", "[]", "7", '{"op":"surprise"}']) sockets.last().says(text);

  expect(live.state).toBe("online");
});

test("after stop nothing comes back", async () => {
  const { sockets, live } = await online();

  live.stop();
  await vi.advanceTimersByTimeAsync(120_000);

  expect(sockets.last().closed).toBe(1000);
  expect(sockets.all).toHaveLength(1);
});
