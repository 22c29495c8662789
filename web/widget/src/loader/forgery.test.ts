import { beforeEach, expect, test, vi } from "vitest";
import { bent } from "../bridge/testShapes.ts";
import { SERVER, setCookie, settle, TestPage } from "./testPage.ts";

let page: TestPage;
const heard = vi.fn();
const answered = vi.fn();

beforeEach(() => {
  page = new TestPage();
  heard.mockClear();
  answered.mockClear();
});

test("test_T20 the token is told to the server's origin and to no other", async () => {
  setCookie("kithdesk-identity=KNOWN");
  await page.load();
  await page.opens();
  await page.writes();

  expect(page.toldOf("start")[0]?.token).toBe("KNOWN");
  expect(new Set(page.told.map(({ origin }) => origin))).toEqual(new Set([SERVER]));
});

test.each([
  ["another origin", { kithdesk: "token", request: 1, refused: false }, { origin: "https://evil.test" }],
  ["another frame", { kithdesk: "token", request: 1, refused: false }, { source: window }],
  ["an unknown name", { kithdesk: "steal" }, {}],
  ["a name from the prototype", { kithdesk: "constructor" }, {}],
  ["another name from the prototype", { kithdesk: "__proto__" }, {}],
  ["no name", {}, {}],
])("test_T20 a forged message is dropped: %s", async (_, message, from) => {
  await page.load();
  await page.opens();
  const before = page.told.length;

  await page.panelSays(message, from);

  expect(page.requests).toHaveLength(1);
  expect(page.told).toHaveLength(before);
  await page.writes();
  expect(page.tokens).toBe(1);
});

test.each<[string, Record<string, unknown>, () => unknown]>([
  ["token", { request: 1, refused: false }, () => page.tokens],
  ["close", {}, () => page.frame?.style.display],
  ["unread", { total: 3, conversations: { c1: 3 }, label: "3 unread" }, () => page.kithdesk.getUnreadCount()],
  ["note", { name: "m1", value: "{}" }, () => localStorage.getItem("kithdesk-chat-m1")],
  ["tell", { event: "onMessageReceived", payload: {} }, () => heard.mock.calls.length],
  ["answer", { id: 1, value: [null], error: "" }, () => answered.mock.calls.length],
])("test_T20 the panel's %s is heard in its own shape and in no other", async (kithdesk, fields, effect) => {
  const message = { kithdesk, ...fields };
  await page.load();
  await page.opens();
  page.kithdesk.addListener("onMessageReceived", heard);
  page.kithdesk.openConversationById({ conversationId: "c1" }, answered);
  await settle();
  const before = effect();

  for (const wrong of bent(message)) {
    await page.panelSays(wrong);
    expect(effect()).toEqual(before);
  }
  await page.panelSays(message);

  expect(effect()).not.toEqual(before);
});

test("test_T20 a panel that is ready in no shape of ours is told nothing yet", async () => {
  await page.load();
  page.kithdesk.openConversationById({ conversationId: "c1" });
  await settle();
  page.frameLoads();

  for (const wrong of bent({ kithdesk: "ready" })) await page.panelSays(wrong);
  expect(page.toldOf("call")).toEqual([]);
  await page.panelSays({ kithdesk: "ready" });

  expect(page.toldOf("call")).toHaveLength(1);
});
