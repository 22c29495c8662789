import { beforeEach, expect, test, vi } from "vitest";
import { settle, TestPage } from "./testPage.ts";

let page: TestPage;

beforeEach(() => {
  page = new TestPage();
});

test("with Kustomer's attribute the page starts it, and its names are kept", async () => {
  await page.load("data-kustomer-api-key");
  expect(page.requests).toEqual([]);
  const started = vi.fn();

  page.kustomer.start({ lang: "en_us" }, started);
  await settle();
  await page.opens();
  await page.writes();

  expect(started).toHaveBeenCalledOnce();
  expect(document.cookie).toBe("kustomer-identity=T1");
  expect(page.toldOf("start")[0]?.lang).toBe("en_us");
});

test("unread messages are on the button, in numbers and in words", async () => {
  await page.load();
  await page.opens();
  page.bubble.click();
  const counted = vi.fn();
  page.kithdesk.addListener("onUnread", counted);

  await page.panelSays({ kithdesk: "unread", total: 3, conversations: { a: 3 }, label: "3 unread messages" });

  expect(page.bubble.textContent).toBe("3");
  expect(page.bubble.ariaLabel).toBe("Chat, 3 unread messages");
  expect(counted).toHaveBeenCalledWith({ total: 3, conversations: { a: 3 } });
});

test("a chat that is switched off shows nothing and says so", async () => {
  page.settings.enabled = false;
  await page.load();

  expect(page.bubble).toBeUndefined();
  expect(page.kithdesk.isChatAvailable()).toEqual({ availability: "disabled" });
  page.kithdesk.open();
  await settle();
  expect(page.frame).toBeNull();
});

test("the script embedded twice is one chat", async () => {
  await page.load();
  const first = page.kithdesk;
  vi.resetModules();
  await page.load();

  expect(page.kithdesk).toBe(first);
  expect(document.querySelectorAll("#kustomer-ui-sdk-launcher-icon-frame")).toHaveLength(1);
});

test("started by its tag and by the page as well, it is still one chat", async () => {
  await page.load();
  page.kithdesk.stop();

  page.kithdesk.start({}, () => undefined);
  page.kithdesk.start({ chatIconPosition: "left" }, () => undefined);
  await settle();

  expect(document.querySelectorAll("#kustomer-ui-sdk-launcher-icon-frame")).toHaveLength(1);
});

test("stop takes everything away, and it can be started again", async () => {
  await page.load();
  await page.opens();

  page.kithdesk.stop();
  await settle();
  expect(page.frame).toBeNull();
  expect(page.bubble).toBeUndefined();

  page.kithdesk.start();
  await settle();
  expect(page.bubble).toBeDefined();
});

test("on a phone the back button closes the chat, and closing takes its entry away", async () => {
  const phone = { matches: true, onchange: null } as unknown as MediaQueryList;
  vi.stubGlobal("matchMedia", () => phone);
  const pushed = vi.spyOn(history, "pushState");
  const back = vi.spyOn(history, "back").mockImplementation(() => undefined);
  await page.load();
  await page.opens();
  expect(pushed).toHaveBeenCalledWith(history.state, "");

  window.dispatchEvent(new PopStateEvent("popstate"));
  expect(page.frame?.style.display).toBe("none");
  expect(back).not.toHaveBeenCalled();

  page.bubble.click();
  await page.panelSays({ kithdesk: "close" });
  expect(back).toHaveBeenCalledOnce();
});

test("on a phone the button stays above a chat that has not come yet, for there is no other way out", async () => {
  const phone = { matches: true, onchange: null } as unknown as MediaQueryList;
  vi.stubGlobal("matchMedia", () => phone);
  await page.load();

  page.bubble.click();
  expect(page.bubbleIsShown).toBe(true);
  await page.panelStarts();

  expect(page.bubbleIsShown).toBe(false);
});
