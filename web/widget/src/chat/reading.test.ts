import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aConversation, aMessage, somebody } from "./testDesk.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-03-01T10:00:00Z") });
});

afterEach(() => {
  vi.useRealTimers();
});

test("an agent's message is unread until it is read, and the page hears of it", async () => {
  const desk = await somebody((it) => {
    it.conversations = [aConversation()];
  });
  const message = aMessage({ body: "How can I help?" });

  desk.happens("message.created", { message });
  expect(desk.chat.conversations.unread.value).toBe(1);
  expect(desk.announced).toMatchObject([
    {
      event: "onMessageReceived",
      payload: { body: "How can I help?", direction: "out", conversationId: "c1" },
    },
  ]);
  desk.chat.read("c1");

  expect(desk.chat.conversations.unread.value).toBe(0);
  expect(desk.heard("read")).toEqual([{ op: "read", conversation: "c1", message: message.id }]);
});

test("an answer that came together with our own message is read once it is looked at, and told once", async () => {
  const desk = await somebody((it) => {
    it.conversations = [aConversation()];
  });
  const [ours, answer] = [aMessage({ direction: "in" }), aMessage()];
  desk.happens("message.created", { message: answer });
  desk.happens("message.created", { message: ours });
  expect(desk.chat.conversations.unread.value).toBe(1);

  desk.chat.read("c1");
  desk.chat.read("c1");

  expect(desk.chat.conversations.unread.value).toBe(0);
  expect(desk.heard("read")).toEqual([{ op: "read", conversation: "c1", message: answer.id }]);
});

test("what counts as read here because we wrote after it is told as well", async () => {
  const desk = await somebody((it) => {
    it.conversations = [aConversation()];
  });
  const answer = aMessage();
  desk.happens("message.created", { message: answer });
  desk.happens("message.created", { message: aMessage({ direction: "in" }) });
  expect(desk.chat.conversations.unread.value).toBe(0);

  desk.chat.read("c1");

  expect(desk.heard("read")).toMatchObject([{ message: answer.id }]);
});

test("what was read while offline is told at the next connection", async () => {
  const desk = await somebody((it) => {
    it.conversations = [aConversation({ unread: 1 })];
    it.messages = [aMessage()];
  });
  await desk.chat.thread("c1").load();
  desk.closes(1006);

  desk.chat.read("c1");
  expect(desk.heard("read")).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);

  expect(desk.heard("read")).toHaveLength(1);
});

test("seen moves to the last of ours before what the agent read", async () => {
  const desk = await somebody();
  const [first, second, answer, third] = [
    aMessage({ direction: "in" }),
    aMessage({ direction: "in" }),
    aMessage(),
    aMessage({ direction: "in" }),
  ];
  for (const message of [first, second, answer, third]) desk.happens("message.created", { message });

  desk.happens("message.read", { conversation: "c1", message: answer.id, by: { type: "user" }, at: "" });
  expect(desk.chat.thread("c1").seen.value).toBe(second.id);
  desk.happens("message.read", { conversation: "c1", message: first.id, by: { type: "user" }, at: "" });

  expect(desk.chat.thread("c1").seen.value).toBe(second.id);
});
