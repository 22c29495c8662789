import { expect, it } from "vitest";

import { aMessage } from "../desk/testing.ts";
import type { Entry } from "./entries.ts";
import { type Answer, NO_ANSWER, type Place, placesIn, together, totalOf, writtenIn } from "./places.ts";

const at = (minute: number) => `2026-11-24T10:${String(minute).padStart(2, "0")}:00.000Z`;
const head = (position: number) => ({ position, at: at(position), actor: null, conversation: "c1" });
const said = (position: number, body: string): Entry => ({
  ...head(position),
  kind: "message",
  message: aMessage({ id: `m${position}`, body, sentAt: at(position) }),
});
const looked = (position: number, title: string): Entry => ({
  ...head(position),
  kind: "page",
  page: { url: "https://shop.test/", title, at: at(position) },
});
const place = (id: string, minute: number): Place => ({
  id,
  position: minute,
  at: at(minute),
  conversation: "c1",
});
const answer = (over: Partial<Answer>): Answer => ({ ...NO_ANSWER, ...over });
const ids = (places: readonly Place[]) => places.map(({ id }) => id);

it("finds what is loaded, the newest first, and what is not drawn never", () => {
  const read: Entry = { ...head(4), kind: "read", message: "m1", side: "customer" };
  const entries = [said(1, "A tent"), looked(2, "Tents"), said(3, "A stove"), read];

  expect(ids(placesIn(entries, "tent"))).toEqual(["at-2", "m1"]);
  expect(placesIn(entries, " ")).toEqual([]);
});

it("has what the server found and what is loaded together, each once", () => {
  const found = answer({ places: [place("m5", 5), place("m1", 1)], total: 2 });
  const loaded = [place("m5", 5), place("at-3", 3)];

  const all = together(found, loaded);

  expect(ids(all)).toEqual(["m5", "at-3", "m1"]);
  expect(totalOf(found, loaded, all)).toBe(3);
});

it("counts what later pages of the answer bring, and no message of it twice", () => {
  const found = answer({ places: [place("m9", 9)], total: 40 });
  const loaded = [place("m2", 2), place("at-3", 3)];

  expect(totalOf(found, loaded, together(found, loaded))).toBe(41);
});

it("learns how the words are written where they were found", () => {
  const hit = (snippet: string, ...highlights: number[][]) => ({
    type: "search_hit",
    id: "h",
    attributes: { snippet, highlights },
  });

  expect(
    writtenIn([hit("My Awning leaks", [3, 9]), hit("an awning", [3, 9]), hit("odd", [0, 99], [2])]),
  ).toEqual(["awning", "odd"]);
});
