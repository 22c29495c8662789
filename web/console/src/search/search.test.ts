import { describe, expect, it } from "vitest";

import { hitFrom, piecesOf } from "./search.ts";
import { searching } from "./use-search.ts";

const IDLE = searching(undefined as never, { kind: "emptied" });

function aHit(id: string) {
  return hitFrom({
    type: "search_hit",
    id,
    attributes: { kind: "message", title: "Maya", snippet: "Hello" },
  });
}

describe("a snippet", () => {
  it("is cut at its highlights", () => {
    expect(piecesOf("the tent is warm", [[4, 8]])).toEqual([
      { text: "the ", isMarked: false },
      { text: "tent", isMarked: true },
      { text: " is warm", isMarked: false },
    ]);
  });

  it("counts as strings do, where an emoji is several", () => {
    expect(piecesOf("🎉🎉 tent", [[5, 9]]).find(({ isMarked }) => isMarked)?.text).toBe("tent");
  });

  it.each([[[[3, 99]]], [[[-2, 1]]], [[["a", "b"]]], [[null]], [[[3, 2]]]])("marks nothing at %j", (odd) => {
    expect(piecesOf("tent", odd)).toEqual([{ text: "tent", isMarked: false }]);
  });

  it("never marks twice what overlaps", () => {
    const pieces = piecesOf("tents", [
      [0, 4],
      [2, 5],
    ]);
    expect(pieces.map(({ text }) => text).join("")).toBe("tents");
  });
});

describe("searching", () => {
  it("keeps what was found while the next answer is on its way", () => {
    const found = { hits: [aHit("1")], total: 30, isCapped: false };
    const ready = searching(IDLE, { kind: "found", query: "te", page: 1, found });

    const next = searching(ready, { kind: "asked" });

    expect([next.state, next.hits.length, next.query]).toEqual(["searching", 1, "te"]);
  });

  it("adds the next page, each hit once", () => {
    const page = (ids: string[]) => ({ hits: ids.map(aHit), total: 3, isCapped: false });
    const first = searching(IDLE, { kind: "found", query: "te", page: 1, found: page(["1", "2"]) });

    const both = searching(first, { kind: "found", query: "te", page: 2, found: page(["2", "3"]) });

    expect(both.hits.map(({ id }) => id)).toEqual(["1", "2", "3"]);
  });

  it("is slow only as long as it searches", () => {
    const asked = searching(IDLE, { kind: "asked" });
    expect(searching(asked, { kind: "slow" }).isSlow).toBe(true);
    const failed = searching(asked, { kind: "failed", problem: "x" });
    expect(searching(failed, { kind: "slow" }).isSlow).toBe(false);
  });
});
