// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { closeOverlay, useOverlay } from "../app/overlay.ts";
import { saveDraft } from "../composer/drafts.ts";
import { openOutbox, send, useOutbox } from "../live/outbox.ts";
import { useToasts } from "../toast/toast.ts";
import { onForget, useSession } from "./session.ts";
import { signOut } from "./sign-out.ts";

const ME = { id: "me", displayName: "Ana", email: "ana@shop.example", isAdmin: false };
const END = "DELETE /v1/auth/tokens/current";
const SAVE = "PUT /v1/conversations/c1/drafts/current";
const DRAFT = { kind: "message", body: "Half a sentence", attachments: [] } as const;

let server: ApiServer;
const forget = vi.fn();
onForget(forget);

beforeEach(() => {
  localStorage.clear();
  forget.mockClear();
  server = new ApiServer();
  server.on(END, [204]);
  useSession.setState({ state: "in", isExpired: false, me: ME });
  useToasts.setState({ toasts: [] });
  closeOverlay();
  openOutbox(ME.id);
});

afterEach(async () => {
  server.isAway = false;
  server.on(END, [204]);
  await signOut({ evenUnsent: true });
  vi.unstubAllGlobals();
});

const asked = () => server.asked.map(({ method, path }) => `${method} ${path}`);
const queue = () => send({ conversation: "c1", body: "Not sent yet" });

it("saves drafts, ends the session, and only then forgets", async () => {
  server.on(SAVE, resource("draft", "d", { revision: 1 }));
  server.on(END, () => {
    expect(forget).not.toHaveBeenCalled();
    return [204];
  });
  saveDraft("c1", DRAFT);

  await signOut();

  expect(asked()).toEqual([SAVE, END]);
  expect(forget).toHaveBeenCalledTimes(1);
  expect(useSession.getState()).toMatchObject({ state: "out", me: null });
});

it("without an answer keeps everything, and says so", async () => {
  saveDraft("c1", DRAFT);
  server.isAway = true;

  await signOut();

  expect(forget).not.toHaveBeenCalled();
  expect(useSession.getState()).toMatchObject({ state: "in", me: ME });
  expect(localStorage.getItem("kithdesk.unsent.me.draft.c1")).toContain("Half a sentence");
  expect(useToasts.getState().toasts).toMatchObject([{ tone: "problem" }]);
});

it("keeps everything when the session could not be ended", async () => {
  server.on(END, refusal(503, "overloaded"));

  await signOut();

  expect(forget).not.toHaveBeenCalled();
  expect(useToasts.getState().toasts[0]?.text).toContain("still signed in");
});

it("asks first when a message was not sent, and takes a yes for one", async () => {
  queue();

  await signOut();
  expect(useOverlay.getState().overlay).toBe("sign-out");
  expect(asked()).not.toContain(END);
  expect(useOutbox.getState().entries).toMatchObject([{ body: "Not sent yet" }]);
  await signOut({ evenUnsent: true });

  expect(asked()).toContain(END);
  expect(useOutbox.getState().entries).toEqual([]);
  expect(Object.keys(localStorage)).toEqual([]);
});

it("asks first when another window of this agent has a message that was not sent", async () => {
  localStorage.setItem("kithdesk.unsent.me.message.m1", "{}");

  await signOut();

  expect(useOverlay.getState().overlay).toBe("sign-out");
});

it("asks first when an earlier visit left a draft that was never saved, but not for the trace of an empty one", async () => {
  const kept = "kithdesk.unsent.me.draft.c9";
  localStorage.setItem(kept, JSON.stringify(DRAFT));
  await signOut();
  expect(useOverlay.getState().overlay).toBe("sign-out");
  closeOverlay();

  localStorage.setItem(kept, JSON.stringify({ ...DRAFT, body: "" }));
  await signOut();

  expect(useOverlay.getState().overlay).toBeNull();
  expect(useSession.getState().state).toBe("out");
});

it("asks first when the server does not take a draft", async () => {
  server.on(SAVE, refusal(400, "badparam"));
  saveDraft("c1", DRAFT);

  await signOut();

  expect(useOverlay.getState().overlay).toBe("sign-out");
  expect(forget).not.toHaveBeenCalled();
});

it("a session that is over already needs no ending", async () => {
  server.on(END, refusal(401, "unauthorized"));

  await signOut();

  expect(forget).toHaveBeenCalledTimes(1);
  expect(useSession.getState().state).toBe("out");
});
