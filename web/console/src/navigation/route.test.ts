import { describe, expect, it } from "vitest";

import { formatRoute, HOME, parseRoute, type Route } from "./route.ts";

describe("routes", () => {
  it.each<[string, Route]>([
    ["#/inbox/mine", { screen: "inbox", list: "mine", conversation: null, pane: "main" }],
    ["#/inbox/done/64f0c0ffee", { screen: "inbox", list: "done", conversation: "64f0c0ffee", pane: "main" }],
    ["#/inbox/all/64f0/customer", { screen: "inbox", list: "all", conversation: "64f0", pane: "customer" }],
    ["#/link/ab%2Fc", { screen: "link", token: "ab/c" }],
    ["#/setup/tok", { screen: "setup", token: "tok" }],
  ])("reads and writes %s", (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
    expect(formatRoute(route)).toBe(hash);
  });

  it.each([
    "",
    "#",
    "#/",
    "#/nowhere",
    "#/inbox",
    "#/inbox/__proto__",
    "#/link/",
    "#/%E0%A4%A",
    "#/inbox/constructor/x",
  ])("goes home from %j", (hash) => {
    expect(parseRoute(hash)).toEqual(HOME);
  });

  it("does not take an id with markup for a conversation", () => {
    expect(parseRoute("#/inbox/mine/%3Cimg%3E")).toEqual({ ...HOME, conversation: null });
  });
});
