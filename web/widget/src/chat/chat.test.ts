import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aConversation, aMessage, settle, somebody, TestDesk } from "./testDesk.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-03-01T10:00:00Z") });
});

afterEach(() => {
  vi.useRealTimers();
});

test("nobody asks for nothing", async () => {
  const desk = new TestDesk();
  desk.chat.become("");
  await settle();

  expect(desk.sent).toEqual([]);
  expect(desk.asked).toEqual([]);
});

test("the first message makes somebody, connects, and opens a conversation", async () => {
  const desk = new TestDesk();
  const entry = desk.chat.send({ conversation: null, newConversation: "C2", body: "Hello" });
  expect(desk.chat.outgoing.unsent.value).toMatchObject([{ body: "Hello", state: "waiting" }]);
  await settle();

  expect(desk.asked).toEqual([false]);
  expect(desk.heard("hello")).toMatchObject([{ token: "T1" }]);
  expect(desk.heard("send")).toMatchObject([
    { id: entry.id, newConversation: "C2", context: { language: "en" } },
  ]);

  const message = aMessage({ direction: "in", clientId: entry.id, body: "Hello" });
  desk.says({ op: "ack", id: entry.id, conversation: "c1", message, position: 11 });
  await settle();

  expect(desk.chat.outgoing.opened.value.get("C2")).toBe("c1");
  expect(desk.chat.outgoing.unsent.value).toEqual([]);
  expect(desk.chat.thread("c1").messages.value.map(({ body }) => body)).toEqual(["Hello"]);
  expect(desk.chat.conversations.find("c1")).toMatchObject({ preview: "Hello", unread: 0 });
});

test("a message seen both in its ack and as an event is there once", async () => {
  const desk = await somebody();
  const entry = desk.chat.send({ conversation: "c1", body: "Hello" });
  await settle();
  const message = aMessage({ direction: "in", clientId: entry.id });

  desk.happens("message.created", { message });
  desk.says({ op: "ack", id: entry.id, conversation: "c1", message, position: 11 });
  await settle();

  expect(desk.chat.thread("c1").messages.value).toHaveLength(1);
  expect(desk.heard("send")).toHaveLength(1);
});

test("the list covers what came before it, the topic what comes after", async () => {
  const desk = await somebody((it) => {
    it.conversations = [aConversation({ unread: 2 })];
    it.position = 40;
  });

  expect(desk.heard("subscribe")).toEqual([{ op: "subscribe", topic: "visitor", after: 40 }]);
  expect(desk.chat.conversations.unread.value).toBe(2);
});

test("ending what was moved to somebody else's record meanwhile is no error: what is left is shown", async () => {
  const desk = await somebody((it) => {
    it.conversations = [aConversation(), aConversation({ id: "c2" })];
  });
  const ending = desk.chat.end("c1");
  await settle();
  desk.conversations = [aConversation({ id: "c2" })];

  const error = { status: 404, code: "notfound", title: "Not Found" };
  desk.says({ op: "refused", id: desk.heard("end").at(-1)?.id ?? "", error });
  await ending;

  expect(desk.chat.conversations.all.value.map(({ id }) => id)).toEqual(["c2"]);
});

test("a resync reads list and open threads again before it subscribes", async () => {
  const desk = await somebody((it) => {
    it.conversations = [aConversation()];
    it.messages = [aMessage({ body: "old" })];
  });
  await desk.chat.thread("c1").load();
  desk.messages = [aMessage({ body: "missed" })];
  desk.position = 900;

  desk.says({ op: "resync", topic: "visitor", position: 890 });
  await settle();

  expect(desk.chat.thread("c1").messages.value.map(({ body }) => body)).toEqual(["missed"]);
  expect(desk.heard("subscribe").at(-1)).toMatchObject({ after: 900 });
});

test("a chat that may no longer follow says that it is cut off, until somebody else is here", async () => {
  const desk = await somebody();
  const error = { status: 404, code: "notfound", title: "Not Found" };

  desk.says({ op: "refused", id: null, topic: "visitor", error });
  expect(desk.chat.live.value).toBe("offline");
  desk.chat.send({ conversation: "c1", body: "Kept" });
  await settle();
  expect(desk.heard("send")).toEqual([]);
  desk.chat.become("LOGGED-IN");
  await settle();

  expect(desk.chat.live.value).toBe("online");
  expect(desk.heard("send")).toMatchObject([{ body: "Kept" }]);
});
