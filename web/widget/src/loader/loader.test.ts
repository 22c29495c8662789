import { beforeEach, expect, test, vi } from "vitest";
import { SERVER, setCookie, settle, TestPage } from "./testPage.ts";

let page: TestPage;

beforeEach(() => {
  window.happyDOM.setURL("https://shop.test/boots");
  page = new TestPage();
});

async function open(): Promise<void> {
  page.bubble.click();
  await page.panelStarts();
}

async function writes(): Promise<void> {
  await page.panelSays({ type: "token", request: 1, refused: false });
}

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
  await open();

  expect(page.toldOf("start")[0]?.context).toMatchObject({ pages: [{ url: "https://shop.test/boots" }] });
});

test("test_T80 a page that asks for strictness has its path in memory only", async () => {
  await page.load("data-kithdesk-key", { "data-kithdesk-strict": "" });

  expect(sessionStorage).toHaveLength(0);
});

test("opening, reading and closing begin no identity", async () => {
  await page.load();
  await open();
  page.bubble.click();

  expect(page.requests).toHaveLength(1);
  expect(document.cookie).toBe("");
  expect(localStorage).toHaveLength(0);
});

test("the identity begins when the visitor writes, in cookie and mirror", async () => {
  await page.load();
  await open();
  await writes();

  expect(page.requests[1]).toMatchObject({
    method: "POST",
    url: `${SERVER}/c/v1/tracking/tokens`,
    headers: { Authorization: "Bearer KEY" },
  });
  expect(document.cookie).toBe("kithdesk-identity=T1");
  expect(localStorage.getItem("kithdesk-identity")).toBe("T1");
  expect(page.toldOf("token")).toEqual([{ kithdesk: 1, type: "token", token: "T1", request: 1 }]);
});

test("several messages at once make one identity", async () => {
  await page.load();
  await open();

  void page.panelSays({ type: "token", request: 1, refused: false });
  await page.panelSays({ type: "token", request: 2, refused: false });

  expect(page.tokens).toBe(1);
  expect(page.toldOf("token").map(({ token }) => token)).toEqual(["T1", "T1"]);
});

test("test_T20 the token is told to the server's origin and to no other", async () => {
  setCookie("kithdesk-identity=KNOWN");
  await page.load();
  await open();
  await writes();

  expect(page.toldOf("start")[0]?.token).toBe("KNOWN");
  expect(new Set(page.told.map(({ origin }) => origin))).toEqual(new Set([SERVER]));
});

test.each([
  ["another origin", { type: "token", request: 1, refused: false }, { origin: "https://evil.test" }],
  ["another frame", { type: "token", request: 1, refused: false }, { source: window }],
  ["an unknown name", { type: "steal" }, {}],
  ["a name from the prototype", { type: "constructor" }, {}],
])("test_T20 a forged message is dropped: %s", async (_, message, from) => {
  await page.load();
  await open();
  const before = page.told.length;

  await page.panelSays(message, from);

  expect(page.requests).toHaveLength(1);
  expect(page.told).toHaveLength(before);
  await writes();
  expect(page.tokens).toBe(1);
});

test("a returning visitor is known by the cookie, or by its mirror alone", async () => {
  localStorage.setItem("kithdesk-identity", "MIRROR");
  await page.load();
  await open();

  expect(page.toldOf("start")[0]?.token).toBe("MIRROR");
});

test("a going conversation connects by itself after the page has loaded, others wait for the click", async () => {
  setCookie("kithdesk-identity=KNOWN");
  await page.load();
  expect(page.frame).toBeNull();

  const again = new TestPage();
  setCookie("kithdesk-identity=KNOWN");
  localStorage.setItem("kithdesk-chat-going", "1");
  await again.load();
  await settle();

  expect(again.frame?.style.display).toBe("none");
});

test("a first message that found no server is sent from the next page, by a hidden panel", async () => {
  localStorage.setItem("kithdesk-chat-m1", '{"id":"m1","body":"Hello"}');
  await page.load();
  await settle();

  expect(page.requests).toHaveLength(1);
  expect(page.frame?.style.display).toBe("none");
  await page.panelStarts();
  expect(page.toldOf("start")[0]).toMatchObject({
    token: "",
    notes: { "kithdesk-chat-m1": '{"id":"m1","body":"Hello"}' },
  });
});

test.each(["0", '[["C2","half a word"]]'])("no panel is loaded for the note %s", async (note) => {
  setCookie("kithdesk-identity=KNOWN");
  localStorage.setItem("kithdesk-chat-x", note);
  await page.load();
  await settle();

  expect(page.frame).toBeNull();
});

test("unsent messages are kept by the page and handed to the next panel", async () => {
  await page.load();
  await open();

  await page.panelSays({ type: "note", name: "m1", value: '{"id":"m1"}' });
  await page.panelSays({ type: "note", name: "m2", value: '{"id":"m2"}' });
  await page.panelSays({ type: "note", name: "m1", value: "" });
  page.frame?.dispatchEvent(new Event("load"));

  expect(page.toldOf("start").at(-1)?.notes).toEqual({ "kithdesk-chat-m2": '{"id":"m2"}' });
});

test("a panel cannot write over who the visitor is", async () => {
  await page.load();
  await open();
  await writes();

  await page.panelSays({ type: "note", name: "identity", value: "EVIL" });

  expect(localStorage.getItem("kithdesk-identity")).toBe("T1");
});

test("login gives a new token, tells the page who it is, and hands the token down", async () => {
  setCookie("kithdesk-identity=BEFORE");
  await page.load();
  await open();
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
  await open();
  await writes();
  await page.panelSays({ type: "note", name: "m1", value: '{"body":"secret"}' });
  await page.panelSays({ type: "unread", total: 2, conversations: { a: 2 }, label: "2 unread messages" });

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
  await open();
  await page.panelSays({ type: "note", name: "draft", value: "theirs" });
  page.told.length = 0;

  page.kithdesk.login({ jwtToken: "another" });
  await settle();

  expect(page.toldOf("token").map(({ token }) => token)).toEqual(["", "LOGGED-IN"]);
  expect(Object.keys(localStorage)).toEqual(["kithdesk-identity"]);
  expect(sessionStorage.getItem("kithdesk-path")).toBeNull();
});

test("another tab's login and logout are taken over", async () => {
  await page.load();
  await open();
  await writes();

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
  await open();
  setCookie("kithdesk-identity=NEWER");

  await page.panelSays({ type: "token", request: 7, refused: true });
  expect(page.toldOf("token").at(-1)).toMatchObject({ token: "NEWER", request: 7 });
  await page.panelSays({ type: "token", request: 8, refused: true });

  expect(page.toldOf("token").at(-1)).toMatchObject({ token: "", request: 8 });
  expect(document.cookie).toBe("");
});

test("with Kustomer's attribute the page starts it, and its names are kept", async () => {
  await page.load("data-kustomer-api-key");
  expect(page.requests).toEqual([]);
  const started = vi.fn();

  page.kustomer.start({ lang: "en_us" }, started);
  await settle();
  await open();
  await writes();

  expect(started).toHaveBeenCalledOnce();
  expect(document.cookie).toBe("kustomer-identity=T1");
  expect(page.toldOf("start")[0]?.lang).toBe("en_us");
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

  await open();
  await writes();
  const somebody = vi.fn();
  page.kithdesk.getOpenConversations(somebody);
  await settle();
  const asked = page.toldOf("call").at(-1);
  expect(asked?.args).toEqual({});
  await page.panelSays({ type: "answer", id: asked?.id, value: [[{ conversationId: "c" }]], error: "" });

  expect(somebody).toHaveBeenCalledWith([{ conversationId: "c" }]);
});

test("an unknown conversation is an error, and opens nothing", async () => {
  await page.load();
  const told = vi.fn();
  page.kithdesk.openConversationById({ conversationId: "nope" }, told);
  await settle();
  await page.panelStarts();

  const asked = page.toldOf("call").at(-1);
  await page.panelSays({ type: "answer", id: asked?.id, value: [], error: "Not found" });

  expect(told.mock.calls[0]?.[1]).toMatchObject({ message: "Not found" });
  expect(page.frame?.style.display).toBe("none");
});

test("test_T21 names from a prototype in what the page describes stay data", async () => {
  setCookie("kithdesk-identity=KNOWN");
  await page.load();
  await open();

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
  await open();
  const heard = vi.fn();
  page.kithdesk.addListener("onMessageReceived", () => {
    throw new Error("the page's own");
  });
  page.kithdesk.addListener("onMessageReceived", heard);

  await page.panelSays({ type: "tell", event: "onMessageReceived", payload: { body: "hi" } });

  expect(heard).toHaveBeenCalledWith({ body: "hi" });
  expect(failures).toHaveLength(1);
});

test("unread messages are on the button, in numbers and in words", async () => {
  await page.load();
  await open();
  page.bubble.click();
  const counted = vi.fn();
  page.kithdesk.addListener("onUnread", counted);

  await page.panelSays({ type: "unread", total: 3, conversations: { a: 3 }, label: "3 unread messages" });

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

test("stop takes everything away, and it can be started again", async () => {
  await page.load();
  await open();

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
  await open();
  expect(pushed).toHaveBeenCalledWith(history.state, "");

  window.dispatchEvent(new PopStateEvent("popstate"));
  expect(page.frame?.style.display).toBe("none");
  expect(back).not.toHaveBeenCalled();

  page.bubble.click();
  await page.panelSays({ type: "close" });
  expect(back).toHaveBeenCalledOnce();
});
