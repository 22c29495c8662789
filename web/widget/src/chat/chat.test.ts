import { memoryStorage } from "@kithdesk/api-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aConversation, aMessage, settle, TestDesk } from "./testDesk.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-03-01T10:00:00Z") });
});

afterEach(() => {
  vi.useRealTimers();
});

async function somebody(prepare: (desk: TestDesk) => void = () => undefined): Promise<TestDesk> {
  const desk = new TestDesk();
  prepare(desk);
  desk.chat.become("T0");
  await settle();
  return desk;
}

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

test("unsent messages of an earlier visit go out with their ids", async () => {
  const storage = memoryStorage();
  const before = new TestDesk(storage);
  before.reachable = false;
  before.tokens = [];
  const entry = before.chat.send({ conversation: null, newConversation: "C2", body: "Kept" });
  await settle();

  const after = new TestDesk(storage);
  after.chat.become("T0");
  await settle();

  expect(after.heard("send")).toMatchObject([{ id: entry.id, newConversation: "C2", body: "Kept" }]);
});

test("where no token can be had the words wait, and it is asked for again", async () => {
  const desk = new TestDesk();
  desk.tokens = ["", "", "T9"];
  desk.chat.send({ conversation: null, newConversation: "C2", body: "Kept" });
  await settle();
  expect(desk.chat.live.value).toBe("offline");

  await vi.advanceTimersByTimeAsync(10_000);

  expect(desk.asked).toEqual([false, false, false]);
  expect(desk.heard("send")).toMatchObject([{ body: "Kept" }]);
});

test("another tab's login changes the token and resends with the same id", async () => {
  const desk = await somebody();
  const entry = desk.chat.send({ conversation: "c1", body: "Hello" });
  await settle();

  desk.chat.become("LOGGED-IN");
  await settle();

  expect(desk.heard("hello").map(({ token }) => token)).toEqual(["T0", "LOGGED-IN"]);
  expect(desk.heard("send").map(({ id }) => id)).toEqual([entry.id, entry.id]);
});

test("test_T18 after logout nothing of this person is left, unsent words included", async () => {
  const desk = await somebody((it) => {
    it.conversations = [aConversation()];
  });
  desk.chat.send({ conversation: "c1", body: "Secret" });
  await settle();

  desk.chat.become("");

  expect(desk.chat.conversations.all.value).toEqual([]);
  expect(desk.chat.outgoing.unsent.value).toEqual([]);
  expect(desk.storage.all()).toEqual([]);
  expect(desk.chat.live.value).toBe("offline");
});

test("a token that died is replaced, and words of this visit are said by the new visitor", async () => {
  const desk = await somebody();
  desk.tokens = ["", "NEW"];
  desk.chat.send({ conversation: "c1", body: "Are you there?" });
  await settle();

  desk.closes(4401);
  await vi.advanceTimersByTimeAsync(1_000);

  expect(desk.asked).toEqual([true, false]);
  expect(desk.heard("hello").at(-1)).toMatchObject({ token: "NEW" });
  expect(desk.heard("send").at(-1)).toMatchObject({ conversation: null, body: "Are you there?" });
});

test("a token that ended because another tab logged in is not given up before that tab has spoken", async () => {
  const desk = await somebody();
  desk.chat.send({ conversation: "c1", body: "Hello" });
  await settle();

  desk.closes(4401);
  await vi.advanceTimersByTimeAsync(300);
  desk.chat.become("LOGGED-IN");
  await vi.advanceTimersByTimeAsync(2_000);

  expect(desk.asked).toEqual([]);
  expect(desk.heard("send").at(-1)).toMatchObject({ conversation: "c1", body: "Hello" });
});

test("test_T18 words that an earlier visit left behind are not said by a new visitor", async () => {
  const storage = memoryStorage();
  const before = new TestDesk(storage);
  before.tokens = [];
  before.chat.send({ conversation: "c1", body: "Somebody else's" });
  const desk = new TestDesk(storage);
  desk.chat.become("DEAD");
  await settle();
  desk.sent.length = 0;
  desk.tokens = ["", "NEW"];

  desk.closes(4401);
  await vi.advanceTimersByTimeAsync(1_000);

  expect(desk.heard("send")).toEqual([]);
  expect(storage.all()).toEqual([]);
});

test("words refused because the conversation has ended go to a new one when asked", async () => {
  const desk = await somebody();
  const entry = desk.chat.send({ conversation: "c1", body: "One more thing" });
  await settle();
  const error = { status: 409, code: "conversation_ended", title: "Ended" };
  desk.says({ op: "refused", id: entry.id, error });
  await settle();
  expect(desk.chat.outgoing.unsent.value).toMatchObject([{ state: "refused", body: "One more thing" }]);

  const lane = desk.chat.outgoing.sendAnew(entry.id);
  await settle();

  expect(desk.heard("send").at(-1)).toMatchObject({
    conversation: null,
    newConversation: lane,
    body: "One more thing",
  });
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

test("a message that a login in another tab overtakes is said again, with the same id, under the new token", async () => {
  const desk = await somebody();
  const entry = desk.chat.send({ conversation: "c1", body: "Hello" });
  await settle();

  const error = { status: 401, code: "unauthorized", title: "Unauthorized" };
  desk.says({ op: "refused", id: entry.id, of: "send", error });
  await settle();
  expect(desk.chat.outgoing.unsent.value).toMatchObject([{ state: "waiting" }]);
  desk.chat.become("LOGGED-IN");
  await settle();

  expect(desk.heard("send").map(({ id }) => id)).toEqual([entry.id, entry.id]);
});

test("a page is told once, and only to a conversation that is going on", async () => {
  const page = { url: "https://shop.test/boots", title: "Boots", at: "2026-03-01T10:00:00.000Z" };
  const seen = { ...page, from: "https://search.test/find" };
  const desk = await somebody();
  desk.chat.visit(seen);
  expect(desk.heard("visit")).toEqual([]);

  desk.happens("conversation.opened", { conversation: { id: "c1", status: "open", createdAt: "" } });
  desk.chat.visit(seen);
  desk.closes(1006);
  await vi.advanceTimersByTimeAsync(1_000);

  expect(desk.heard("visit")).toEqual([{ op: "visit", ...page, referrer: "https://search.test/find" }]);
});

test("the pages before it are told when an earlier conversation goes on, in their order, each once", async () => {
  const desk = await somebody();
  const told: string[] = [];
  desk.chat.onTold = ({ url }) => told.push(url);
  const pages = ["/boots", "/tents", "/help"].map((path, minute) => ({
    url: `https://shop.test${path}`,
    title: path,
    at: `2026-03-01T10:0${minute}:00.000Z`,
    from: "",
  }));
  for (const page of pages) desk.chat.visit(page);
  expect(told).toEqual([]);

  desk.happens("conversation.opened", { conversation: { id: "c1", status: "open", createdAt: "" } });
  desk.closes(1006);
  await vi.advanceTimersByTimeAsync(1_000);

  const heard = desk.heard("visit") as unknown as { url: string }[];
  expect(heard.map(({ url }) => url)).toEqual(pages.map(({ url }) => url));
  expect(told).toEqual(pages.map(({ url }) => url));
});

test("who comes after a logout is not told of the pages before", async () => {
  const desk = await somebody();
  desk.chat.visit({
    url: "https://shop.test/boots",
    title: "Boots",
    at: "2026-03-01T10:00:00.000Z",
    from: "",
  });

  desk.chat.become("");
  desk.chat.become("ANOTHER");
  await settle();
  desk.happens("conversation.opened", { conversation: { id: "c1", status: "open", createdAt: "" } });

  expect(desk.heard("visit")).toEqual([]);
});

test("typing is told at once, repeated sparingly, and taken back", async () => {
  const desk = await somebody();

  for (let key = 0; key < 8; key += 1) {
    desk.chat.typingOut.pressed("c1");
    await vi.advanceTimersByTimeAsync(500);
  }
  await vi.advanceTimersByTimeAsync(5_000);

  expect(desk.heard("typing").map(({ on }) => on)).toEqual([true, true, false]);
});

test("an agent's typing ends with their message, and by itself", async () => {
  const desk = await somebody();
  const by = { type: "user", id: "u1", displayName: "Ana Lima" };
  const typing = { op: "signal", kind: "typing", conversation: "c1", by, on: true };

  desk.says(typing);
  expect(desk.chat.typing.who.value.get("c1")).toBe("Ana Lima");
  desk.happens("message.created", { message: aMessage() });
  expect(desk.chat.typing.who.value.size).toBe(0);

  desk.says(typing);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(desk.chat.typing.who.value.size).toBe(0);
});
