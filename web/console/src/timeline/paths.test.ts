import { expect, it } from "vitest";

import type { PageView } from "../desk/types.ts";
import type { Entry } from "./entries.ts";
import { onceEach, withPaths } from "./paths.ts";

const time = (minute: number) => `2026-11-24T10:${String(minute).padStart(2, "0")}:00.000Z`;
const page = (minute: number, url: string): PageView => ({ url, title: url, at: time(minute) });
const head = (position: number) => ({ position, at: time(position), actor: null, conversation: "c1" });

const opened = (position: number, way: readonly PageView[]): Entry => ({
  ...head(position),
  kind: "opened",
  channel: "chat",
  since: time(position),
  way,
});
const viewed = (position: number, one: PageView): Entry => ({ ...head(position), kind: "page", page: one });

const urls = (entries: readonly Entry[]) =>
  entries.map((entry) => (entry.kind === "page" ? entry.page.url : entry.kind));

it("shows the pages that led to a conversation before it, and those that came after it after it", () => {
  const entries = [opened(5, [page(1, "/"), page(2, "/tents")]), viewed(6, page(6, "/help"))];

  expect(urls(withPaths(entries))).toEqual(["/", "/tents", "opened", "/help"]);
});

it("shows a page once that two conversations tell of", () => {
  const tents = page(2, "/tents");

  expect(urls(withPaths([viewed(2, tents), opened(5, [tents, page(4, "/help")])]))).toEqual([
    "/tents",
    "/help",
    "opened",
  ]);
});

it("takes the same page several times in a row for one", () => {
  const pages = [page(1, "/"), page(2, "/tents"), page(3, "/tents"), page(4, "/")];

  expect(onceEach(pages).map(({ at }) => at)).toEqual([time(1), time(2), time(4)]);
});
