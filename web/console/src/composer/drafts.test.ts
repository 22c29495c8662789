// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { disconnect } from "../live/live.ts";
import { LiveServer } from "../live/testing.ts";
import { endSession, useSession } from "../session/session.ts";
import type { StoredDraft } from "./draft.ts";
import { flushDrafts, loadDraft, rereadDraft, saveDraft, setDraftOpen } from "./drafts.ts";

const ME = { id: "me", displayName: "Ana", email: "ana@shop.example", isAdmin: false };
const KEPT = `kithdesk.unsent.${ME.id}.draft.`;
const A_PAUSE_MS = 1_000;

let server: ApiServer;

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  server = new ApiServer();
  useSession.setState({ state: "in", me: ME });
});

afterEach(async () => {
  server.on("DELETE /v1/auth/tokens/current", [204]);
  server.isAway = false;
  await endSession();
  disconnect();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const path = (conversation: string) => `/v1/conversations/${conversation}/drafts/current`;
const written = (body: string): StoredDraft => ({ kind: "message", body, attachments: [] });
const pause = () => vi.advanceTimersByTimeAsync(A_PAUSE_MS);

/** The server's own rule: a save from another revision than the current one is a conflict. */
function keepsDrafts(conversation: string) {
  let kept: { revision: number; body: unknown } | null = null;
  server.on(`GET ${path(conversation)}`, () =>
    kept === null
      ? [200, { data: null }]
      : resource("draft", "d", { kind: "message", attachments: [], ...kept }),
  );
  server.on(`PUT ${path(conversation)}`, ({ body }) => {
    const { revision, body: words } = body as { revision?: number; body: string };
    if (revision !== undefined && revision !== (kept?.revision ?? 0)) return refusal(409, "conflict");
    kept = { revision: (kept?.revision ?? 0) + 1, body: words };
    return resource("draft", "d", kept);
  });
  server.on(`DELETE ${path(conversation)}`, () => {
    kept = null;
    return [204];
  });
  return {
    words: () => kept?.body ?? null,
    otherWindowSends: () => {
      kept = null;
    },
    otherWindowWrites: (body: string) => {
      kept = { revision: (kept?.revision ?? 0) + 1, body };
    },
  };
}

it("goes on saving after another window has sent what was drafted", async () => {
  const drafts = keepsDrafts("c1");
  saveDraft("c1", written("One"));
  await pause();
  drafts.otherWindowSends();

  for (const body of ["One, two", "One, two, three"]) {
    saveDraft("c1", written(body));
    await pause();
  }

  expect(drafts.words()).toBe("One, two, three");
  expect(localStorage.getItem(`${KEPT}c1`)).toBeNull();
});

it("lets the last words typed win over another window's", async () => {
  const drafts = keepsDrafts("c1");
  saveDraft("c1", written("Mine"));
  await pause();
  drafts.otherWindowWrites("Theirs");

  saveDraft("c1", written("Mine, later"));
  await pause();

  expect(drafts.words()).toBe("Mine, later");
});

it("saves what it could not when the connection is back", async () => {
  const drafts = keepsDrafts("c1");
  server.isAway = true;
  saveDraft("c1", written("In the tunnel"));
  await pause();
  expect(localStorage.getItem(`${KEPT}c1`)).toContain("In the tunnel");

  server.isAway = false;
  const live = new LiveServer();
  await live.connects();
  await vi.advanceTimersByTimeAsync(0);

  expect(drafts.words()).toBe("In the tunnel");
  expect(localStorage.getItem(`${KEPT}c1`)).toBeNull();
});

it("tries again by itself while it is online, but not after a plain no", async () => {
  await new LiveServer().connects();
  server.on(`PUT ${path("busy")}`, refusal(503));
  server.on(`PUT ${path("gone")}`, refusal(404));
  saveDraft("busy", written("Later"));
  saveDraft("gone", written("Never"));
  await pause();

  await vi.advanceTimersByTimeAsync(11_000);

  expect(server.bodies(`PUT ${path("busy")}`)).toHaveLength(2);
  expect(server.bodies(`PUT ${path("gone")}`)).toHaveLength(1);
});

it("saves at once when the page is left, all of them, in requests that outlive it", () => {
  saveDraft("c1", written("Half a"));
  saveDraft("c2", written("Another half"));

  dispatchEvent(new Event("pagehide"));

  expect(server.asked).toMatchObject([
    { method: "PUT", path: path("c1"), keepalive: true },
    { method: "PUT", path: path("c2"), keepalive: true },
  ]);
});

it("saves what failed when the page is looked at again", async () => {
  const drafts = keepsDrafts("c1");
  server.isAway = true;
  saveDraft("c1", written("Asleep"));
  await pause();
  server.isAway = false;

  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(0);

  expect(drafts.words()).toBe("Asleep");
});

it("saves what an earlier visit left behind when its conversation is opened", async () => {
  const drafts = keepsDrafts("c1");
  drafts.otherWindowWrites("Older");
  localStorage.setItem(`${KEPT}c1`, JSON.stringify(written("From before the crash")));

  expect(await loadDraft("c1")).toEqual(written("From before the crash"));
  await pause();

  expect(drafts.words()).toBe("From before the crash");
});

it("says what stood in the way of saving all, and keeps it", async () => {
  server.on(`PUT ${path("c1")}`, refusal(400, "badparam"));
  saveDraft("c1", written("Kept"));

  await expect(flushDrafts()).rejects.toMatchObject({ code: "badparam" });

  expect(localStorage.getItem(`${KEPT}c1`)).toContain("Kept");
});

it("does not save one agent's words as the next one's", async () => {
  const answer = server.late(`PUT ${path("c1")}`);
  saveDraft("c1", written("Ana's"));
  await pause();
  saveDraft("c1", written("Ana's, and more"));
  server.on("DELETE /v1/auth/tokens/current", [204]);
  await endSession();

  answer(resource("draft", "d", { revision: 1 }));
  await vi.advanceTimersByTimeAsync(60_000);

  expect(server.bodies(`PUT ${path("c1")}`)).toHaveLength(1);
});

it("saves nothing before it knows what is kept, however often it has to ask", async () => {
  const drafts = keepsDrafts("c1");
  drafts.otherWindowWrites("Kept");
  server.isAway = true;
  const loaded = loadDraft("c1");
  saveDraft("c1", written("Typed"));
  await pause();
  expect(server.bodies(`PUT ${path("c1")}`)).toEqual([]);

  server.isAway = false;
  await vi.advanceTimersByTimeAsync(5_000);

  expect(await loaded).toEqual(written("Kept"));
  expect(server.asked.map(({ method }) => method)).toContain("PUT");
});

it("asks less and less often for what could not be read, and at once when the connection is back", async () => {
  const drafts = keepsDrafts("c1");
  drafts.otherWindowWrites("Kept");
  server.isAway = true;
  setDraftOpen("c1", true);
  const loaded = loadDraft("c1");
  await vi.advanceTimersByTimeAsync(120_000);
  expect(server.bodies(`GET ${path("c1")}`).length).toBeLessThan(12);

  server.isAway = false;
  await new LiveServer().connects();
  await vi.advanceTimersByTimeAsync(0);

  expect(await loaded).toEqual(written("Kept"));
});

it("no longer asks for what could not be read where nobody has it open or wrote in it", async () => {
  server.isAway = true;
  setDraftOpen("c1", true);
  const loaded = loadDraft("c1").catch(() => "given up");
  await pause();

  setDraftOpen("c1", false);
  await vi.advanceTimersByTimeAsync(600_000);

  expect(await loaded).toBe("given up");
  expect(server.bodies(`GET ${path("c1")}`)).toHaveLength(1);
});

it("asks at once for what is opened again", async () => {
  const drafts = keepsDrafts("c1");
  drafts.otherWindowWrites("Kept");
  server.isAway = true;
  setDraftOpen("c1", true);
  const loaded = loadDraft("c1");
  await pause();
  setDraftOpen("c1", false);
  server.isAway = false;

  setDraftOpen("c1", true);
  await vi.advanceTimersByTimeAsync(0);

  expect(await loaded).toEqual(written("Kept"));
});

it("reads again what another window has written or sent", async () => {
  const drafts = keepsDrafts("c1");
  saveDraft("c1", written("One"));
  await pause();

  drafts.otherWindowWrites("One, two");
  expect(await rereadDraft("c1")).toEqual(written("One, two"));
  drafts.otherWindowSends();
  expect(await rereadDraft("c1")).toBeNull();
});

it("does not read again over what it has not saved yet", async () => {
  const drafts = keepsDrafts("c1");
  drafts.otherWindowWrites("Theirs");

  saveDraft("c1", written("Mine"));

  expect(await rereadDraft("c1")).toBeUndefined();
});
