import { beforeEach, expect, test, vi } from "vitest";
import { SERVER, TestPage } from "./testPage.ts";

let page: TestPage;

beforeEach(() => {
  page = new TestPage();
});

test("a page load makes one request besides the script, which any cache may keep for everybody", async () => {
  await page.load();

  expect(page.requests).toHaveLength(1);
  const [request] = page.requests;
  expect(request?.url).toBe(`${SERVER}/c/v1/chat/settings?key=KEY`);
  expect(request?.headers).toEqual({});
  expect(request?.init).toMatchObject({ method: "GET", credentials: "omit", referrerPolicy: "no-referrer" });
  expect(page.frame).toBeNull();
});

test("test_T80 a page load stores this tab's path and nothing else", async () => {
  await page.load();

  expect(document.cookie).toBe("");
  expect(localStorage).toHaveLength(0);
  expect(Object.keys(sessionStorage)).toEqual(["kithdesk-path"]);
  expect(JSON.parse(sessionStorage.getItem("kithdesk-path") ?? "")).toMatchObject([
    { url: "https://shop.test/boots", title: "Boots" },
  ]);
});

test.each([
  ["Global Privacy Control", { globalPrivacyControl: true }],
  ["Do Not Track", { doNotTrack: "1" }],
])("test_T80 with %s the path stays in memory", async (_, wish) => {
  vi.stubGlobal("navigator", { language: "en", ...wish });
  await page.load();

  expect(sessionStorage).toHaveLength(0);
  await page.opens();

  expect(page.toldOf("start")[0]?.pages).toMatchObject([{ url: "https://shop.test/boots" }]);
});

test("test_T80 a page that asks for strictness has its path in memory only", async () => {
  await page.load("data-kithdesk-key", { "data-kithdesk-strict": "" });

  expect(sessionStorage).toHaveLength(0);
});

test("opening, reading and closing begin no identity", async () => {
  await page.load();
  await page.opens();
  page.bubble.click();

  expect(page.requests).toHaveLength(1);
  expect(document.cookie).toBe("");
  expect(localStorage).toHaveLength(0);
});
