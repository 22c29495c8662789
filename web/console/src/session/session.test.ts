// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { api } from "../api/api.ts";
import { endSession, onForget, resumeSession, signIn, useSession } from "./session.ts";
import { rememberSignedIn } from "./signed-in.ts";

let status = 200;
let asked: string[] = [];

beforeEach(() => {
  status = 200;
  asked = [];
  localStorage.clear();
  rememberSignedIn(true);
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push(path);
    if (init.method === "DELETE") return new Response(null, { status: 204 });
    const attributes = path.includes("orgs")
      ? { name: "Fernweh", widgetKey: "wk" }
      : { displayName: "Ana", email: "a@b.co", roles: ["org.admin"] };
    const body =
      status === 200
        ? { data: { type: "x", id: "id1", attributes } }
        : { errors: [{ status, code: "x", title: "No" }] };
    return new Response(JSON.stringify(body), { status });
  });
  useSession.setState({ state: "checking", isExpired: false, me: null, organisation: null });
});

afterEach(() => vi.unstubAllGlobals());

it("finds out who is signed in", async () => {
  await resumeSession();
  expect(useSession.getState()).toMatchObject({
    state: "in",
    me: { id: "id1", isAdmin: true },
    organisation: { widgetKey: "wk" },
  });
});

it("asks nothing where nobody has signed in, and again once somebody has", async () => {
  rememberSignedIn(false);
  await resumeSession();
  expect(useSession.getState().state).toBe("out");
  expect(asked).toEqual([]);

  await signIn("a@b.co", "a password");
  useSession.setState({ state: "checking" });
  await resumeSession();
  expect(useSession.getState().state).toBe("in");

  status = 401;
  await resumeSession();
  const before = asked.length;
  await resumeSession();
  expect(asked).toHaveLength(before);
});

it("tells nobody from no answer", async () => {
  status = 401;
  await resumeSession();
  expect(useSession.getState().state).toBe("out");
  rememberSignedIn(true);
  status = 503;
  await resumeSession();
  expect(useSession.getState().state).toBe("unreachable");
});

it("asks to sign in again when any answer says 401, and remembers who it was", async () => {
  await resumeSession();
  status = 401;
  await expect(api.get("/v1/conversations/c1")).rejects.toMatchObject({ status: 401 });
  expect(useSession.getState()).toMatchObject({ state: "out", isExpired: true, me: { displayName: "Ana" } });
});

it("forgets everything at sign-out", async () => {
  const forget = vi.fn();
  onForget(forget);
  await resumeSession();
  await endSession();
  expect(forget).toHaveBeenCalledTimes(1);
  expect(useSession.getState()).toMatchObject({ state: "out", isExpired: false, me: null });
});
