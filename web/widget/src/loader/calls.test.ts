import { beforeEach, expect, test, vi } from "vitest";
import { setCookie, settle, TestPage } from "./testPage.ts";

let page: TestPage;

beforeEach(() => {
  page = new TestPage();
});

test("calls made before the start run after it", async () => {
  await page.load("data-kustomer-api-key");
  const opened = vi.fn();
  page.kustomer.addListener("onOpen", opened);
  page.kustomer.open();
  expect(page.frame).toBeNull();

  page.kustomer.start();
  await settle();

  expect(page.frame?.style.display).toBe("block");
  expect(opened).toHaveBeenCalledWith(null);
});

test("what only the panel knows is asked of it; without anybody the answer is known", async () => {
  await page.load();
  const nobody = vi.fn();
  page.kithdesk.isLoggedIn({ email: "ana@shop.test" }, nobody);
  page.kithdesk.getOpenConversations(nobody);
  await settle();
  expect(nobody.mock.calls).toEqual([[false], [[]]]);

  await page.opens();
  await page.writes();
  const somebody = vi.fn();
  page.kithdesk.getOpenConversations(somebody);
  await settle();
  const asked = page.toldOf("call").at(-1);
  expect(asked?.args).toEqual({});
  await page.panelSays({ kithdesk: "answer", id: asked?.id, value: [[{ conversationId: "c" }]], error: "" });

  expect(somebody).toHaveBeenCalledWith([{ conversationId: "c" }]);
});

test("an unknown conversation is an error, and opens nothing", async () => {
  await page.load();
  const told = vi.fn();
  page.kithdesk.openConversationById({ conversationId: "nope" }, told);
  await settle();
  await page.panelStarts();

  const asked = page.toldOf("call").at(-1);
  await page.panelSays({ kithdesk: "answer", id: asked?.id, value: [], error: "Not found" });

  expect(told.mock.calls[0]?.[1]).toMatchObject({ message: "Not found" });
  expect(page.frame?.style.display).toBe("none");
});

test("test_T21 names from a prototype in what the page describes stay data", async () => {
  setCookie("kithdesk-identity=KNOWN");
  await page.load();
  await page.opens();

  page.kithdesk.describeCustomer(
    JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}'),
  );
  await settle();

  expect(({} as Record<string, unknown>).admin).toBeUndefined();
  expect(({} as Record<string, unknown>).x).toBeUndefined();
  expect(Object.hasOwn(page.toldOf("call").at(-1)?.args ?? {}, "__proto__")).toBe(true);
});

test("a listener that throws stops neither the others nor the chat", async () => {
  const failures: unknown[] = [];
  vi.stubGlobal("queueMicrotask", (action: () => void) => {
    try {
      action();
    } catch (error) {
      failures.push(error);
    }
  });
  await page.load();
  await page.opens();
  const heard = vi.fn();
  page.kithdesk.addListener("onMessageReceived", () => {
    throw new Error("the page's own");
  });
  page.kithdesk.addListener("onMessageReceived", heard);

  await page.panelSays({ kithdesk: "tell", event: "onMessageReceived", payload: { body: "hi" } });

  expect(heard).toHaveBeenCalledWith({ body: "hi" });
  expect(failures).toHaveLength(1);
});

test("a callback that throws is not called again", async () => {
  await page.load();
  const told: unknown[] = [];
  const thrown = new Promise((resolve) => process.once("unhandledRejection", resolve));

  page.kithdesk.getOpenConversations((answer: unknown) => {
    told.push(answer);
    throw new Error("the page's own");
  });

  expect(await thrown).toMatchObject({ message: "the page's own" });
  expect(told).toEqual([[]]);
});
