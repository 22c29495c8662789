import { beforeEach, expect, test, vi } from "vitest";
import type { SeenPage } from "./path.ts";
import { settle, TestChannel } from "./testPage.ts";

let path: typeof import("./path.ts");

beforeEach(async () => {
  vi.resetModules();
  vi.restoreAllMocks();
  TestChannel.stub();
  sessionStorage.clear();
  window.happyDOM.setURL("https://shop.test/boots");
  path = await import("./path.ts");
});

test.each([
  ["https://shop.test/a?token=secret", "https://shop.test/a"],
  ["https://shop.test/a#access_token=secret", "https://shop.test/a"],
  ["https://ana:pass@shop.test/a", "https://shop.test/a"],
  ["https://shop.test/cart;jsessionid=8A/next", "https://shop.test/cart/next"],
  ["https://shop.test/u/ana.lima@mail.test/orders", "https://shop.test/u/…/orders"],
  ["https://shop.test/u/ana%40mail.test", "https://shop.test/u/…"],
  ["https://shop.test/u/ana%2540mail.test/orders", "https://shop.test/u/…/orders"],
  ["https://shop.test/u/ana%25252540mail.test", "https://shop.test/u/…"],
  ["https://shop.test/a?ref=b7&q=secret&utm_source=news", "https://shop.test/a?ref=b7&utm_source=news"],
  ["https://shop.test/a?q=1&ref=ana%40mail.test&utm_source=x", "https://shop.test/a?ref=…&utm_source=x"],
  ["not an address", ""],
  ["", ""],
])("test_T81 %s leaves as %s", (href, clean) => {
  expect(path.cleanUrl(href, ["utm_source", "ref"])).toBe(clean);
});

test("test_T81 a title keeps its words and loses addresses", () => {
  expect(path.cleanText("Order of ana@mail.test confirmed")).toBe("Order of … confirmed");
});

test("a page changed by script counts once it has stayed, with the title it has by then", () => {
  path.lookAtPage();
  window.happyDOM.setURL("https://shop.test/tents?color=red");
  document.title = "Boots";
  expect(path.lookAtPage()).toBeUndefined();
  document.title = "Tents";

  expect(path.lookAtPage()).toBeDefined();
  expect(path.lookAtPage()).toBeUndefined();
  expect(path.pages.map(({ url, title }) => [url, title]).at(-1)).toEqual([
    "https://shop.test/tents",
    "Tents",
  ]);
  expect(JSON.parse(sessionStorage.getItem("kithdesk-path") ?? "[]")).toHaveLength(2);
});

test("the path goes on from page to page and keeps the first and the last, fifty in all", () => {
  sessionStorage.setItem(
    "kithdesk-path",
    JSON.stringify(
      Array.from({ length: 50 }, (_, index) => ({ url: `https://shop.test/${index}`, title: "", at: "" })),
    ),
  );
  path.recallPages();

  path.lookAtPage();

  expect(path.pages).toHaveLength(50);
  expect(path.pages.slice(0, 2).map(({ url }) => url)).toEqual([
    "https://shop.test/0",
    "https://shop.test/2",
  ]);
  expect(path.pages.at(-1)?.url).toBe("https://shop.test/boots");
});

test("a storage that is full or forbidden costs nothing", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });

  expect(path.lookAtPage()).toBeDefined();
});

test("the first page of a load says where a link led to it from, the others do not", () => {
  vi.spyOn(document, "referrer", "get").mockReturnValue("https://search.test/find?q=secret");
  path.lookAtPage();
  window.happyDOM.setURL("https://shop.test/tents");
  path.lookAtPage();
  path.lookAtPage();

  expect(path.pages.map(({ from }) => from)).toEqual(["https://search.test/find", ""]);
});

test("test_T80 a tab beside it tells a new one how the visit began, and nothing more is stored for that", async () => {
  const first = { url: "https://shop.test/", title: "", at: new Date().toISOString(), from: "" };
  answersBeside([first]);

  path.recallPages();
  await settle();
  expect([sessionStorage.length, localStorage.length]).toEqual([0, 0]);
  path.lookAtPage();

  expect(path.pages.map(({ url }) => url)).toEqual(["https://shop.test/", "https://shop.test/boots"]);
});

test("test_T80 where nothing is to be kept no tab is asked, and the path stays in memory", async () => {
  const options = await import("./options.ts");
  options.setOptions({ strict: true });
  answersBeside([{ url: "https://shop.test/", title: "", at: new Date().toISOString(), from: "" }]);

  path.recallPages();
  await settle();
  path.lookAtPage();

  expect(path.pages.map(({ url }) => url)).toEqual(["https://shop.test/boots"]);
  expect([sessionStorage.length, localStorage.length]).toEqual([0, 0]);
});

test("what the tab beside it tells after a page was noted stays in the tab too, where pages are stored", async () => {
  answersBeside([{ url: "https://shop.test/", title: "", at: new Date().toISOString(), from: "" }]);

  path.recallPages();
  path.lookAtPage();
  await settle();

  const kept = JSON.parse(sessionStorage.getItem("kithdesk-path") ?? "[]") as SeenPage[];
  expect(kept.map(({ url }) => url)).toEqual(["https://shop.test/", "https://shop.test/boots"]);
});

test("a tab that is on the visit already takes nothing from another, and tells a new one", async () => {
  path.lookAtPage();
  const told = vi.fn();
  const beside = new TestChannel();
  beside.onmessage = ({ data }) => told(data);

  path.recallPages();
  beside.postMessage(0);
  await settle();
  beside.postMessage([{ url: "https://shop.test/x", title: "", at: new Date().toISOString(), from: "" }]);
  await settle();

  expect(told.mock.calls).toEqual([[path.pages]]);
  expect(path.pages.map(({ url }) => url)).toEqual(["https://shop.test/boots"]);
});

test.each([
  ["rested for an hour", [{ url: "https://shop.test/", title: "", at: "2020-01-01T00:00:00Z", from: "" }]],
  ["has no page", []],
  ["says what is no path", { at: 7 }],
])("a tab beside it that %s is no part of the visit", async (_, told) => {
  answersBeside(told);

  path.recallPages();
  await settle();

  expect(path.pages).toEqual([]);
});

function answersBeside(told: unknown): void {
  const beside = new TestChannel();
  beside.onmessage = ({ data }) => data || beside.postMessage(told);
}
