import { memoryStorage } from "@kithdesk/api-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { settle, somebody, TestDesk } from "./testDesk.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-03-01T10:00:00Z") });
});

afterEach(() => {
  vi.useRealTimers();
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
