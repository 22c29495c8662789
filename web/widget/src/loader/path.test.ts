import { beforeEach, expect, test, vi } from "vitest";
import "./testPage.ts";

let path: typeof import("./path.ts");

beforeEach(async () => {
  vi.resetModules();
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
  ["not an address", ""],
  ["", ""],
])("test_T81 %s leaves as %s", (href, clean) => {
  expect(path.cleanUrl(href)).toBe(clean);
});

test("test_T81 a title keeps its words and loses addresses", () => {
  expect(path.cleanText("Order of ana@mail.test confirmed")).toBe("Order of … confirmed");
});

test("a page changed by script counts once it has stayed, with the title it has by then", () => {
  path.lookAtPage(true);
  window.happyDOM.setURL("https://shop.test/tents?color=red");
  document.title = "Boots";
  expect(path.lookAtPage(true)).toBe(false);
  document.title = "Tents";

  expect(path.lookAtPage(true)).toBe(true);
  expect(path.lookAtPage(true)).toBe(false);
  expect(path.pages.map(({ url, title }) => [url, title]).at(-1)).toEqual([
    "https://shop.test/tents",
    "Tents",
  ]);
  expect(JSON.parse(sessionStorage.getItem("kithdesk-path") ?? "[]")).toHaveLength(2);
});

test("the path goes on from page to page and keeps the last fifty", () => {
  sessionStorage.setItem(
    "kithdesk-path",
    JSON.stringify(
      Array.from({ length: 50 }, (_, index) => ({ url: `https://shop.test/${index}`, title: "", at: "" })),
    ),
  );
  path.recallPages();

  path.lookAtPage(true);

  expect(path.pages).toHaveLength(50);
  expect(path.pages.at(-1)?.url).toBe("https://shop.test/boots");
});

test("a storage that is full or forbidden costs nothing", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });

  expect(path.lookAtPage(true)).toBe(true);
});
