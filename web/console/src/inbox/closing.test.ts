import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer, refusal, resource } from "../api/testing.ts";
import { useToasts } from "../toast/toast.ts";
import { closeEnded, stopClosing, useClosing } from "./closing.ts";

const IDS = ["c1", "c2", "c3", "c4", "c5", "c6"];

let server: ApiServer;

beforeEach(() => {
  server = new ApiServer();
  listed(1, IDS.slice(0, 4));
  listed(2, IDS.slice(4));
  for (const id of IDS) server.on(`PUT /v1/conversations/${id}`, resource("conversation", id, { rev: 8 }));
});
afterEach(() => {
  useToasts.setState({ toasts: [] });
  vi.unstubAllGlobals();
});

function listed(page: number, ids: readonly string[]): void {
  const data = ids.map((id) => ({ type: "conversation", id, attributes: { rev: 7 } }));
  server.on(`POST /v1/conversations/search?page=${page}&pageSize=100`, [
    200,
    { data, meta: { totalPages: 2 } },
  ]);
}

function toast() {
  return useToasts.getState().toasts.at(-1);
}

function written(): unknown[] {
  return IDS.flatMap((id) => server.bodies(`PUT /v1/conversations/${id}`));
}

it("marks all that were listed, each as it was listed", async () => {
  await closeEnded();

  expect(written()).toEqual(IDS.map(() => ({ status: "done", rev: 7 })));
  expect(toast()?.text).toBe("6 conversations are done.");
  expect(useClosing.getState().closing).toBeNull();
});

it("leaves to others what they have changed, and says how many", async () => {
  server.on("PUT /v1/conversations/c2", refusal(409, "conflict"));
  server.on("PUT /v1/conversations/c5", refusal(404, "notfound"));

  await closeEnded();

  expect(toast()?.text).toBe("4 conversations are done. 2 had changed meanwhile and are as they were.");
});

it("opens again what it marked, and nothing else", async () => {
  server.on("PUT /v1/conversations/c2", refusal(409, "conflict"));
  await closeEnded();

  toast()?.action?.run();

  await vi.waitFor(() => expect(toast()?.text).toBe("5 conversations are open again."));
  expect(server.bodies("PUT /v1/conversations/c1").at(-1)).toEqual({ status: "open", rev: 8 });
  expect(server.bodies("PUT /v1/conversations/c2")).toHaveLength(1);
});

it("opens nothing again that somebody has changed since it was done", async () => {
  await closeEnded();
  server.on("PUT /v1/conversations/c2", refusal(409, "conflict"));

  toast()?.action?.run();

  const text = "5 conversations are open again. 1 had changed meanwhile and is as it was.";
  await vi.waitFor(() => expect(toast()?.text).toBe(text));
});

it("stops when it is told to, and says what is left", async () => {
  server.on("PUT /v1/conversations/c1", () => {
    stopClosing();
    return resource("conversation", "c1", {});
  });

  await closeEnded();

  // What was under way beside it is done as well.
  const done = written().length;
  expect(done).toBeLessThan(IDS.length);
  expect(toast()?.text).toBe(
    `${done === 1 ? "1 conversation is" : `${done} conversations are`} done. ${IDS.length - done} are left.`,
  );
});

it("says why it could not go on, and what is done can be taken back", async () => {
  server.on("PUT /v1/conversations/c3", refusal(503, "overloaded"));

  await closeEnded();

  const toasts = useToasts.getState().toasts;
  expect(toasts.at(-1)?.tone).toBe("problem");
  expect(toasts.at(-2)?.action?.isUndo).toBe(true);
});

it("is one at a time", async () => {
  await Promise.all([closeEnded(), closeEnded()]);

  expect(written()).toHaveLength(IDS.length);
});
