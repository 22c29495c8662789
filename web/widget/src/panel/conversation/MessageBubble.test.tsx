import { cleanup } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { TestPanel } from "../testPanel.tsx";
import { MessageBubble } from "./MessageBubble.tsx";
import type { ShownMessage } from "./shown.ts";

afterEach(cleanup);

function show(given: Partial<ShownMessage>, isLast = true) {
  const message: ShownMessage = {
    id: "m1",
    body: "Hello",
    sentAt: "2026-03-01T10:00:00.000Z",
    direction: "in",
    kind: "message",
    sentBy: { type: "customer", id: "us", displayName: "" },
    attachments: [],
    moreFiles: 0,
    delivery: "sent",
    refusal: null,
    ...given,
  };
  const onRetry = vi.fn();
  const onDiscard = vi.fn();
  const shown = new TestPanel().show(
    <MessageBubble message={message} isLast={isLast} onRetry={onRetry} onDiscard={onDiscard} />,
  );
  return { ...shown, onRetry, onDiscard };
}

test("a message that was not sent says so and goes again when asked", () => {
  const { getByRole, onRetry, onDiscard } = show({ delivery: "failed" });

  expect(getByRole("alert").textContent).toContain("Not sent.");
  getByRole("button", { name: "Try again" }).click();
  getByRole("button", { name: "Delete" }).click();

  expect([onRetry, onDiscard].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});

test("words for an ended conversation are offered a new one", () => {
  const refusal = { status: 409, code: "conversation_ended", title: "Ended" };
  const { getByRole } = show({ delivery: "failed", refusal });

  expect(getByRole("button", { name: "Send in a new conversation" })).toBeTruthy();
});

test.each([
  ["sending", "Sending"],
  ["waiting", "Waiting to send"],
  ["sent", "Sent"],
  ["seen", "Seen"],
] as const)("the last one tells what became of it: %s", (delivery, words) => {
  expect(show({ delivery }).container.textContent).toContain(words);
});

test("test_T21 markup in a message is text", () => {
  const body = `<img src=x onerror="alert(1)"><script>alert(2)</script>`;
  const { container } = show({ body });

  expect(container.querySelector("img,script")).toBeNull();
  expect(container.querySelector(".message__body")?.textContent).toBe(body);
});

test("test_T21 only web and mail addresses become links, and they tell nobody where they were", () => {
  const { container } = show({ body: "see https://shop.test/a and javascript:alert(1)" });

  const links = [...container.querySelectorAll("a")];
  expect(links.map(({ href, rel }) => [href, rel])).toEqual([
    ["https://shop.test/a", "noopener noreferrer nofollow"],
  ]);
});
