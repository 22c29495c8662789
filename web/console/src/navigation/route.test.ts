import { describe, expect, it } from "vitest";

import { EMPTY_SEARCH, formatRoute, HOME, parseRoute, type Route } from "./route.ts";

describe("routes", () => {
  it.each<[string, Route]>([
    ["#/inbox/mine", HOME],
    ["#/inbox/done/64f0c0ffee", { ...HOME, list: "done", conversation: "64f0c0ffee" }],
    ["#/inbox/all/64f0/customer", { ...HOME, list: "all", conversation: "64f0", pane: "customer" }],
    ["#/view/64f0/64f1", { ...HOME, list: "all", view: "64f0", conversation: "64f1" }],
    ["#/search/all", EMPTY_SEARCH],
    ["#/search/note/a%2Fb%20%231042", { ...EMPTY_SEARCH, kind: "note", query: "a/b #1042" }],
    ["#/search/all/tent/64f0", { ...EMPTY_SEARCH, query: "tent", customer: "64f0" }],
    ["#/search/all//64f0", { ...EMPTY_SEARCH, customer: "64f0" }],
    ["#/company/64f0", { screen: "company", id: "64f0" }],
    ["#/customer/64f0", { screen: "customer", id: "64f0" }],
    ["#/board", { screen: "board", isWall: false }],
    ["#/board/wall", { screen: "board", isWall: true }],
    ["#/settings", { screen: "settings", path: [] }],
    ["#/settings/attributes/company", { screen: "settings", path: ["attributes", "company"] }],
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
    "#/view",
    "#/customer",
    "#/view/%3Cimg%3E",
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

  it("looks everywhere when the kind is unknown", () => {
    expect(parseRoute("#/search/constructor/x")).toEqual({ ...EMPTY_SEARCH, query: "x" });
  });
});
