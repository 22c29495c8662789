import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { memoryStorage, Outbox, type OutboxOptions } from "./outbox.ts";
import type { AckFrame, Message, SendFrame } from "./protocol.gen.ts";
import { Disconnected, Refused } from "./refusals.ts";

interface Sent {
  frame: SendFrame;
  ack(conversation?: string): Promise<void>;
  fail(error: Error): Promise<void>;
}

function make(options: Partial<OutboxOptions> = {}) {
  const sent: Sent[] = [];
  const storage = options.storage ?? memoryStorage();
  const outbox = new Outbox({
    storage,
    send: (frame) =>
      new Promise<AckFrame>((resolve, reject) => {
        sent.push({
          frame,
          ack: (conversation = "c") => {
            const message = { id: `m-${frame.id}`, clientId: frame.id, conversation } as Message;
            resolve({ op: "ack", id: frame.id, conversation, message, position: 1 });
            return settle();
          },
          fail: (error) => {
            reject(error);
            return settle();
          },
        });
      }),
    random: () => 1,
    ...options,
  });
  const at = (index: number): Sent => {
    const one = sent[index];
    if (!one) throw new Error(`Only ${sent.length} sent`);
    return one;
  };
  return { outbox, storage, sent, at };
}

const settle = async () => void (await vi.advanceTimersByTimeAsync(0));
const bodies = (sent: Sent[]) => sent.map(({ frame }) => frame.body);
const refusal = (status: number, code: string, retryAfter?: number) =>
  new Refused({ status, code, title: code, ...(retryAfter === undefined ? {} : { retryAfter }) });

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-03-01T10:00:00Z") });
});

afterEach(() => {
  vi.useRealTimers();
});

test("a conversation's next message leaves after the last one's ack", async () => {
  const { outbox, sent, at } = make();
  outbox.open();
  outbox.add({ conversation: "c", body: "one" });
  outbox.add({ conversation: "c", body: "two" });
  outbox.add({ conversation: "other", body: "elsewhere" });

  expect(bodies(sent)).toEqual(["one", "elsewhere"]);
  await at(0).ack();

  expect(bodies(sent)).toEqual(["one", "elsewhere", "two"]);
});

test("no answer means the same message under the same id again", async () => {
  const { outbox, sent, at } = make();
  outbox.open();
  outbox.add({ conversation: "c", body: "one" });
  await at(0).fail(new Disconnected());
  expect(outbox.entries[0]?.state).toBe("waiting");

  await vi.advanceTimersByTimeAsync(1_000);

  expect(sent).toHaveLength(2);
  expect(at(1).frame).toEqual(at(0).frame);
});

test("a connection that is back is not waited for any longer, a limit of the server is", async () => {
  const { outbox, sent, at } = make();
  outbox.open();
  outbox.add({ conversation: "c", body: "lost" });
  outbox.add({ conversation: "d", body: "too fast" });
  await at(0).fail(new Disconnected());
  await at(1).fail(refusal(429, "ratelimited", 5));

  outbox.close();
  outbox.open();

  expect(bodies(sent)).toEqual(["lost", "too fast", "lost"]);
});

test("unsent messages survive a reload, in their order and with their ids", async () => {
  const storage = memoryStorage();
  const before = make({ storage });
  before.outbox.open();
  const first = before.outbox.add({ conversation: "c", body: "one" });
  const second = before.outbox.add({ conversation: "c", body: "two" });

  const after = make({ storage });
  expect(after.outbox.entries.map(({ state }) => state)).toEqual(["waiting", "waiting"]);
  after.outbox.open();
  await after.at(0).ack();

  expect(after.sent.map(({ frame }) => frame.id)).toEqual([first.id, second.id]);
});

test("an acked message is gone from the storage", async () => {
  const { outbox, storage, at } = make();
  outbox.open();
  outbox.add({ conversation: "c", body: "one" });
  expect(storage.all()).toHaveLength(1);

  await at(0).ack();

  expect(storage.all()).toEqual([]);
});

test("a refused message keeps its text, lets others pass, and goes again when asked", async () => {
  const { outbox, storage, sent, at } = make();
  outbox.open();
  const entry = outbox.add({ conversation: "c", body: "kept" });
  outbox.add({ conversation: "c", body: "next" });

  await at(0).fail(refusal(400, "badparam"));
  expect(outbox.entries[0]).toMatchObject({ state: "refused", body: "kept", error: { code: "badparam" } });
  expect(storage.all()[0]).toMatchObject({ body: "kept" });
  expect(bodies(sent)).toEqual(["kept", "next"]);
  await at(1).ack();
  outbox.retry(entry.id);

  expect(at(2).frame).toEqual(at(0).frame);
});

test("too many at once: the text waits as long as the server says, and those behind it wait too", async () => {
  const { outbox, sent, at } = make();
  outbox.open();
  outbox.add({ conversation: "c", body: "one" });
  outbox.add({ conversation: "c", body: "two" });

  await at(0).fail(refusal(429, "ratelimited", 7));
  expect(outbox.entries[0]).toMatchObject({ state: "waiting", error: { code: "ratelimited" } });
  await vi.advanceTimersByTimeAsync(6_900);
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);

  expect(bodies(sent)).toEqual(["one", "one"]);
});

test("tried again by hand, a refused message still waits as long as the server says, over a lost connection too", async () => {
  const { outbox, sent, at } = make();
  outbox.open();
  const entry = outbox.add({ conversation: "c", body: "one" });
  await at(0).fail(refusal(403, "forbidden", 7));
  await vi.advanceTimersByTimeAsync(2_000);

  outbox.retry(entry.id);
  outbox.close();
  outbox.open();
  expect(outbox.entries).toMatchObject([{ state: "waiting" }]);
  await vi.advanceTimersByTimeAsync(4_900);
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);

  expect(bodies(sent)).toEqual(["one", "one"]);
});

test("a token that dies under a message leaves it to the next connection, under the same id", async () => {
  const { outbox, storage, sent, at } = make();
  outbox.open();
  outbox.add({ conversation: "c", body: "one" });
  outbox.add({ conversation: "c", body: "two" });

  await at(0).fail(refusal(401, "unauthorized"));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(outbox.entries.map(({ state }) => state)).toEqual(["waiting", "waiting"]);
  expect(storage.all()[0]).not.toHaveProperty("error");
  expect(sent).toHaveLength(1);
  outbox.close();
  outbox.open();
  await at(1).ack();

  expect(at(1).frame).toEqual(at(0).frame);
  expect(bodies(sent)).toEqual(["one", "one", "two"]);
});

test("an id that is taken by other words is given up for a new one", async () => {
  const { outbox, storage, at } = make();
  outbox.open();
  const entry = outbox.add({ conversation: "c", body: "one" });

  await at(0).fail(refusal(409, "conflict"));
  outbox.retry(entry.id);

  expect(at(1).frame.body).toBe("one");
  expect(at(1).frame.id).not.toBe(entry.id);
  expect(storage.all().map(({ id }) => id)).toEqual([at(1).frame.id]);
});

test("a new conversation is opened once: its name is kept, those behind go to it by id", async () => {
  const { outbox, at } = make();
  outbox.open();
  outbox.add({ conversation: null, newConversation: "C2", body: "one" });
  outbox.add({ conversation: null, newConversation: "C2", body: "two" });
  await at(0).fail(new Disconnected());
  await vi.advanceTimersByTimeAsync(1_000);

  expect(at(1).frame).toMatchObject({ conversation: null, newConversation: "C2", body: "one" });
  await at(1).ack("opened");

  expect(at(2).frame).toMatchObject({ conversation: "opened", body: "two" });
  expect(at(2).frame).not.toHaveProperty("newConversation");
});

test("messages to a conversation under both of its names stay one behind the other", async () => {
  const { outbox, sent, at } = make();
  outbox.open();
  outbox.add({ conversation: null, newConversation: "C2", body: "one" });
  outbox.add({ conversation: null, newConversation: "C2", body: "two" });
  await at(0).ack("opened");
  outbox.add({ conversation: "opened", body: "three" });
  expect(bodies(sent)).toEqual(["one", "two"]);

  await at(1).ack("opened");

  expect(bodies(sent)).toEqual(["one", "two", "three"]);
});

test("a message that arrives as an event before its ack is not sent again", async () => {
  const { outbox, storage, sent } = make();
  outbox.open();
  const entry = outbox.add({ conversation: null, newConversation: "C2", body: "one" });
  outbox.add({ conversation: null, newConversation: "C2", body: "two" });
  outbox.close();

  outbox.seen({ clientId: entry.id, conversation: "opened" });

  expect(sent).toHaveLength(1);
  expect(storage.all()).toMatchObject([{ body: "two", conversation: "opened" }]);
});

test("words for an ended conversation move to a new one", async () => {
  const { outbox, at } = make();
  outbox.open();
  const entry = outbox.add({ conversation: "ended", body: "still there?" });
  await at(0).fail(refusal(409, "conversation_ended"));

  outbox.move(entry.id, { conversation: null, newConversation: "C3" });

  expect(at(1).frame).toMatchObject({ conversation: null, newConversation: "C3", body: "still there?" });
  expect(at(1).frame.id).not.toBe(entry.id);
});

test("nothing leaves before the connection says so, nor after it is lost", async () => {
  const { outbox, sent } = make();
  outbox.add({ conversation: "c", body: "one" });
  expect(sent).toEqual([]);

  outbox.open();
  outbox.close();
  outbox.add({ conversation: "d", body: "two" });

  expect(bodies(sent)).toEqual(["one"]);
});

test("logout clears what was never sent", () => {
  const { outbox, storage } = make();
  outbox.add({ conversation: "c", body: "secret" });

  outbox.clear();

  expect(outbox.entries).toEqual([]);
  expect(storage.all()).toEqual([]);
});

test("messages of one millisecond, or of a clock set back, keep their order over a reload", () => {
  const storage = memoryStorage();
  const { outbox } = make({ storage });
  outbox.add({ conversation: "c", body: "one" });
  vi.setSystemTime(Date.now() - 60_000);
  outbox.add({ conversation: "c", body: "two" });

  const reloaded = make({ storage: { ...storage, all: () => storage.all().reverse() } }).outbox;

  expect(reloaded.entries.map(({ body }) => body)).toEqual(["one", "two"]);
});
