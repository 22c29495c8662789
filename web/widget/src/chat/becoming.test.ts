import { memoryStorage } from "@kithdesk/api-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aConversation, settle, somebody, TestDesk } from "./testDesk.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-03-01T10:00:00Z") });
});

afterEach(() => {
  vi.useRealTimers();
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
