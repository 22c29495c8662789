import { beforeEach, expect, test, vi } from "vitest";
import type { Down } from "../bridge/bridge.ts";
import { bent } from "../bridge/testShapes.ts";
import { HostPage, isSiteAllowed } from "./hostPage.ts";

const SHOP = "https://shop.test";
const START = {
  kithdesk: "start",
  token: "T",
  open: true,
  phone: false,
  dark: false,
  lang: "en",
  options: {},
  pages: [],
  notes: {},
};

let told: { message: Record<string, unknown>; origin: string }[];
let embedder: Window;

beforeEach(() => {
  told = [];
  embedder = {
    postMessage: (message: Record<string, unknown>, origin: string) => void told.push({ message, origin }),
  } as unknown as Window;
  vi.stubGlobal("parent", embedder);
});

function says(message: object, from: { origin?: string; source?: unknown } = {}): void {
  const event = new MessageEvent("message", {
    data: message,
    origin: from.origin ?? SHOP,
  });
  Object.defineProperty(event, "source", { value: from.source ?? embedder });
  window.dispatchEvent(event);
}

function listening(domains: string[] = []) {
  const heard: Down[] = [];
  const page = new HostPage();
  page.listen(
    (origin) => isSiteAllowed(origin, domains),
    (message) => void heard.push(message),
  );
  return { page, heard };
}

test("test_T20 a page outside the allow-list is neither heard nor answered", () => {
  const { page, heard } = listening(["fernweh.example"]);

  says(START);
  page.tell({ kithdesk: "ready" });

  expect(heard).toEqual([]);
  expect(told).toEqual([]);
});

test.each([
  ["another frame", { source: window }],
  ["another origin than the one that started", { origin: "https://evil.test" }],
])("test_T20 after the start nobody else is heard: %s", (_, from) => {
  const { heard } = listening();
  says(START);

  says({ kithdesk: "token", token: "EVIL", request: 0 }, from);
  expect(heard).toHaveLength(1);
  says({ kithdesk: "token", token: "NEXT", request: 0 });

  expect(heard).toHaveLength(2);
});

test.each([
  ["an unknown name", { kithdesk: "eval", code: "1" }],
  ["a name from the prototype", { kithdesk: "constructor" }],
  ["another name from the prototype", { kithdesk: "__proto__" }],
  ["no name", {}],
])("test_T20 a message of another kind is dropped: %s", (_, message) => {
  const { heard } = listening();
  says(START);

  says(message);

  expect(heard).toHaveLength(1);
});

test.each([
  START,
  { kithdesk: "token", token: "NEXT", request: 0 },
  { kithdesk: "state", open: false, phone: false, dark: true },
  { kithdesk: "page", page: {} },
  { kithdesk: "call", id: 1, name: "isLoggedIn", args: {} },
])("test_T20 the page's $kithdesk is heard in its own shape and in no other", (message) => {
  const { heard } = listening();
  says(START);

  for (const wrong of bent(message)) says(wrong);
  expect(heard).toHaveLength(1);
  says(message);

  expect(heard).toHaveLength(2);
});

test("test_T20 what is told goes to the page that started, with no room for a token", async () => {
  const { page } = listening();
  says(START);

  const asked = page.askToken(false);
  says({ kithdesk: "token", token: "T2", request: 1 });

  expect(await asked).toBe("T2");
  expect(told).toEqual([{ message: { kithdesk: "token", request: 1, refused: false }, origin: SHOP }]);
});

test("a start that comes before the settings is not lost", () => {
  const page = new HostPage();
  says(START);
  const heard: Down[] = [];

  page.listen(
    () => true,
    (message) => void heard.push(message),
  );

  expect(heard).toMatchObject([{ kithdesk: "start", token: "T" }]);
});

test("unsent messages come from the page's notes, and anything odd among them is passed over", () => {
  const { page } = listening();
  const entry = { id: "m1", body: "Kept", conversation: "c1" };
  const notes = {
    "kithdesk-chat-m1": JSON.stringify(entry),
    "kithdesk-chat-going": "1",
    "kithdesk-chat-draft": "[]",
    "kithdesk-chat-broken": "{",
  };

  says({ ...START, notes });

  expect(page.outbox.all()).toEqual([entry]);
  page.outbox.remove("m1");
  expect(page.outbox.all()).toEqual([]);
  expect(told.at(-1)?.message).toEqual({ kithdesk: "note", name: "m1", value: "" });
});

test.each([
  ["https://shop.test", [], true],
  ["https://shop.test", ["shop.test"], true],
  ["https://www.shop.test", ["shop.test"], true],
  ["https://www.shop.test", ["*.shop.test"], true],
  ["http://localhost:4301", ["localhost"], true],
  ["https://shop.test", ["https://shop.test:443"], true],
  ["https://evilshop.test", ["shop.test"], false],
  ["https://shop.test.evil.test", ["shop.test"], false],
  ["null", ["shop.test"], false],
])("%s among %j: %s", (origin, domains, allowed) => {
  expect(isSiteAllowed(origin, domains)).toBe(allowed);
});
