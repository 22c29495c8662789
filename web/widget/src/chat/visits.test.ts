import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { settle, somebody } from "./testDesk.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-03-01T10:00:00Z") });
});

afterEach(() => {
  vi.useRealTimers();
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
