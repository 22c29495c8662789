// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { confirm, emptyDesk } from "../desk/desk.ts";
import { changeDesk, currentDesk, replaceDesk } from "../desk/store.ts";
import { aConversation, ME } from "../desk/testing.ts";
import { undoLatest, useToasts } from "../toast/toast.ts";
import { assign, handOff, markDone, snooze, toggleTag } from "./actions.ts";
import { words } from "./en.ts";

let asked: { path: string; body: unknown }[] = [];
let answer: () => Response | Promise<Response>;

beforeEach(() => {
  asked = [];
  answer = () =>
    new Response(JSON.stringify({ data: { type: "conversation", id: "c1", attributes: {} } }), {
      status: 200,
    });
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push({ path, body: init.body === undefined ? null : JSON.parse(String(init.body)) });
    return answer();
  });
  useToasts.setState({ toasts: [] });
  replaceDesk(emptyDesk(ME));
  changeDesk((desk) => confirm(desk, aConversation({ assignedUsers: ["u2"], position: 5 })));
});

afterEach(() => vi.unstubAllGlobals());

const shown = () => currentDesk().conversations.get("c1");
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

it("shows an action before the server has heard of it", () => {
  markDone("c1");
  expect(shown()?.status).toBe("done");
});

it("writes what was done, and what was taken back, in that order", async () => {
  markDone("c1");
  expect(undoLatest()).toBe(true);
  expect(shown()?.status).toBe("open");
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(asked).toEqual([
    { path: "/v1/conversations/c1", body: { status: "done" } },
    { path: "/v1/conversations/c1", body: { status: "open" } },
  ]);
});

it("takes back only what is as it was written", async () => {
  answer = () => {
    const data = { type: "conversation", id: "c1", attributes: { rev: 9 } };
    return new Response(JSON.stringify({ data }), { status: 200 });
  };

  markDone("c1");
  undoLatest();

  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]?.body).toEqual({ status: "open", rev: 9 });
});

it("goes back by itself when the server refuses, and says why", async () => {
  answer = () =>
    new Response(JSON.stringify({ errors: [{ status: 409, code: "conflict", title: "Already done" }] }), {
      status: 409,
    });
  snooze("c1", new Date(Date.now() + 3_600_000));
  expect(shown()?.status).toBe("snoozed");
  await vi.waitFor(() => expect(shown()?.status).toBe("open"));
  expect(useToasts.getState().toasts.at(-1)).toMatchObject({
    tone: "problem",
    text: "Not saved: Already done",
  });
});

it("gives it back to who had it", async () => {
  assign("c1", ME, "Ana");
  expect(shown()?.assignedUsers).toEqual([ME]);
  undoLatest();
  expect(shown()?.assignedUsers).toEqual(["u2"]);
  await settled();
});

it("puts the tags back that were there, and says of each which it was", async () => {
  changeDesk((desk) => confirm(desk, aConversation({ tags: ["t1"], position: 6 })));
  toggleTag("c1", { id: "t2", name: "VIP" });
  toggleTag("c1", { id: "t1", name: "Return" });
  expect(shown()?.tags).toEqual(["t2"]);
  expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual(["Tagged VIP", "Tag removed: Return"]);
  undoLatest();
  expect(shown()?.tags).toEqual(["t1", "t2"]);
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  expect(asked.map(({ body }) => body)).toEqual([
    { tags: ["t1", "t2"] },
    { tags: ["t2"] },
    { tags: ["t1", "t2"] },
  ]);
});

it("does not ask for what is so already", async () => {
  assign("c1", "u2", "Ben");
  await settled();
  expect(asked).toEqual([]);
});

it("hands on with the reason, and the conversation waits in its new queue at once", async () => {
  handOff("c1", { place: "queue", id: "q2", name: "Returns" }, " About a refund ");

  expect(shown()).toMatchObject({ queue: "q2", assignedUsers: [] });
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[0]).toEqual({
    path: "/v1/routing/conversations/c1/transfers",
    body: { queue: "q2", reason: "About a refund" },
  });
});

it("says calmly where a team may not give anything, and offers nothing to take back", async () => {
  const refused = { status: 403, code: "transfer_restricted", title: "Forbidden", detail: "Not there." };
  answer = () => new Response(JSON.stringify({ errors: [refused] }), { status: 403 });

  handOff("c1", { place: "agent", id: "u3", name: "Cleo" }, "");

  await vi.waitFor(() =>
    expect(useToasts.getState().toasts).toMatchObject([
      { text: words.restricted, tone: "plain", action: null },
    ]),
  );
  expect(shown()?.assignedUsers).toEqual(["u2"]);
});
