import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aMessage, somebody } from "./testDesk.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-03-01T10:00:00Z") });
});

afterEach(() => {
  vi.useRealTimers();
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
