import { beforeEach, expect, test } from "vitest";
import { SERVER, setCookie, settle, TestPage } from "./testPage.ts";

let page: TestPage;

beforeEach(() => {
  page = new TestPage();
});

test("the identity begins when the visitor writes, in cookie and mirror", async () => {
  await page.load();
  await page.opens();
  await page.writes();

  expect(page.requests[1]).toMatchObject({
    method: "POST",
    url: `${SERVER}/c/v1/tracking/tokens`,
    headers: { Authorization: "Bearer KEY" },
  });
  expect(document.cookie).toBe("kithdesk-identity=T1");
  expect(localStorage.getItem("kithdesk-identity")).toBe("T1");
  expect(page.toldOf("token")).toEqual([{ kithdesk: "token", token: "T1", request: 1 }]);
});

test("several messages at once make one identity", async () => {
  await page.load();
  await page.opens();

  void page.panelSays({ kithdesk: "token", request: 1, refused: false });
  await page.panelSays({ kithdesk: "token", request: 2, refused: false });

  expect(page.tokens).toBe(1);
  expect(page.toldOf("token").map(({ token }) => token)).toEqual(["T1", "T1"]);
});

test("a returning visitor is known by the cookie, or by its mirror alone", async () => {
  localStorage.setItem("kithdesk-identity", "MIRROR");
  await page.load();
  await page.opens();

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
  await page.opens();

  await page.panelSays({ kithdesk: "note", name: "m1", value: '{"id":"m1"}' });
  await page.panelSays({ kithdesk: "note", name: "m2", value: '{"id":"m2"}' });
  await page.panelSays({ kithdesk: "note", name: "m1", value: "" });
  page.frame?.dispatchEvent(new Event("load"));

  expect(page.toldOf("start").at(-1)?.notes).toEqual({ "kithdesk-chat-m2": '{"id":"m2"}' });
});

test("a panel cannot write over who the visitor is", async () => {
  await page.load();
  await page.opens();
  await page.writes();

  await page.panelSays({ kithdesk: "note", name: "identity", value: "EVIL" });

  expect(localStorage.getItem("kithdesk-identity")).toBe("T1");
});
