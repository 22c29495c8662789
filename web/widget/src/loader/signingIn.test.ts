import { beforeEach, expect, test, vi } from "vitest";
import { setCookie, settle, TestPage } from "./testPage.ts";

let page: TestPage;

beforeEach(() => {
  page = new TestPage();
});

test("login gives a new token, tells the page who it is, and hands the token down", async () => {
  setCookie("kithdesk-identity=BEFORE");
  await page.load();
  await page.opens();
  const told = vi.fn();
  page.kithdesk.addListener("onLogin", told);

  page.kithdesk.login({ jwtToken: "JWT" }, told);
  await settle();

  expect(page.requests[1]?.headers.Authorization).toBe("Bearer BEFORE");
  expect(document.cookie).toBe("kithdesk-identity=LOGGED-IN");
  expect(page.toldOf("token").at(-1)).toMatchObject({ token: "LOGGED-IN", request: 0 });
  const login = { identified: true, customerId: "c1", email: "ana@shop.test" };
  expect(told.mock.calls).toEqual([[login], [login]]);
});

test("a login whose answer is lost is sent again with the same tokens", async () => {
  setCookie("kithdesk-identity=BEFORE");
  await page.load();
  page.lost = 1;
  vi.useFakeTimers();

  page.kithdesk.login({ jwtToken: "JWT" });
  await vi.advanceTimersByTimeAsync(2_000);
  vi.useRealTimers();
  await settle();

  const logins = page.requests.filter((request) => request.url.endsWith("/identity"));
  expect(logins.map((request) => request.headers.Authorization)).toEqual(["Bearer BEFORE", "Bearer BEFORE"]);
  expect(document.cookie).toBe("kithdesk-identity=LOGGED-IN");
});

test("a refused login says so and changes nothing", async () => {
  setCookie("kithdesk-identity=BEFORE");
  await page.load();
  const told = vi.fn();

  page.kithdesk.login({ jwtToken: "bad" }, told);
  await settle();

  expect(told.mock.calls[0]?.[1]).toMatchObject({ status: 401, code: "unauthorized" });
  expect(document.cookie).toBe("kithdesk-identity=BEFORE");
});

test("test_T18 logout leaves nothing of this person behind", async () => {
  await page.load();
  await page.opens();
  await page.writes();
  await page.panelSays({ kithdesk: "note", name: "m1", value: '{"body":"secret"}' });
  await page.panelSays({ kithdesk: "unread", total: 2, conversations: { a: 2 }, label: "2 unread messages" });

  page.kithdesk.logout();
  await settle();

  expect(document.cookie).toBe("");
  expect(localStorage).toHaveLength(0);
  expect(sessionStorage).toHaveLength(0);
  expect(page.toldOf("token").at(-1)).toMatchObject({ token: "", request: 0 });
  expect(page.kithdesk.getUnreadCount()).toEqual({ total: 0, conversations: {} });
  expect(page.requests.at(-1)).toMatchObject({ method: "DELETE", headers: { Authorization: "Bearer T1" } });
});

test("test_T18 a logout that the network swallows is said again, and outlives its page", async () => {
  setCookie("kithdesk-identity=T1");
  await page.load();
  page.lost = 1;
  const told = vi.fn();
  vi.useFakeTimers();

  page.kithdesk.logout(told);
  await vi.advanceTimersByTimeAsync(2_000);
  vi.useRealTimers();
  await settle();

  const ended = page.requests.filter(({ method }) => method === "DELETE");
  expect(ended.map(({ headers }) => headers.Authorization)).toEqual(["Bearer T1", "Bearer T1"]);
  expect(ended[0]?.init.keepalive).toBe(true);
  expect(told.mock.calls).toEqual([[undefined]]);
});

test("a logout of a token that is dead already is no error", async () => {
  setCookie("kithdesk-identity=DEAD");
  await page.load();
  const told = vi.fn();

  page.kithdesk.logout(told);
  await settle();

  expect(told.mock.calls).toEqual([[undefined]]);
  expect(document.cookie).toBe("");
});

test("test_T18 who logs in on somebody else's browser finds nothing of them", async () => {
  setCookie("kithdesk-identity=THEIRS");
  await page.load();
  await page.opens();
  await page.panelSays({ kithdesk: "note", name: "draft", value: "theirs" });
  page.told.length = 0;

  page.kithdesk.login({ jwtToken: "another" });
  await settle();

  expect(page.toldOf("token").map(({ token }) => token)).toEqual(["", "LOGGED-IN"]);
  expect(Object.keys(localStorage)).toEqual(["kithdesk-identity"]);
  expect(sessionStorage.getItem("kithdesk-path")).toBeNull();
});

test("test_T18 a logout in one tab closes the chat's place in the others too", async () => {
  setCookie("kithdesk-identity=T1");
  await page.load();
  await page.opens();
  expect(sessionStorage.getItem("kithdesk-open")).toBe("1");

  setCookie("kithdesk-identity=; max-age=-1");
  localStorage.clear();
  window.dispatchEvent(new StorageEvent("storage", { key: null }));

  expect(sessionStorage).toHaveLength(0);
});

test("another tab's login and logout are taken over", async () => {
  await page.load();
  await page.opens();
  await page.writes();

  setCookie("kithdesk-identity=OTHER-TAB");
  window.dispatchEvent(new StorageEvent("storage", { key: "kithdesk-identity" }));
  expect(page.toldOf("token").at(-1)).toMatchObject({ token: "OTHER-TAB", request: 0 });

  setCookie("kithdesk-identity=; max-age=-1");
  localStorage.clear();
  window.dispatchEvent(new StorageEvent("storage", { key: null }));
  expect(page.toldOf("token").at(-1)).toMatchObject({ token: "", request: 0 });
});

test("a token that the server refused is replaced by a newer one, or forgotten", async () => {
  setCookie("kithdesk-identity=DEAD");
  await page.load();
  await page.opens();
  setCookie("kithdesk-identity=NEWER");

  await page.panelSays({ kithdesk: "token", request: 7, refused: true });
  expect(page.toldOf("token").at(-1)).toMatchObject({ token: "NEWER", request: 7 });
  await page.panelSays({ kithdesk: "token", request: 8, refused: true });

  expect(page.toldOf("token").at(-1)).toMatchObject({ token: "", request: 8 });
  expect(document.cookie).toBe("");
});
