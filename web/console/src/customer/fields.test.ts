import { describe, expect, it } from "vitest";

import { rebased } from "./fields.ts";

const email = (address: string, type = "home") => ({ email: address, type, verified: false });

describe("a change on top of somebody else's", () => {
  it("is made again where they changed something else", () => {
    expect(rebased({ before: "gold", mine: "silver", theirs: "gold" })).toEqual({ value: "silver" });
  });

  it("is nobody's to decide where both changed the same", () => {
    expect(rebased({ before: "gold", mine: "silver", theirs: "bronze" })).toBeNull();
  });

  it("is no conflict where both meant the same", () => {
    expect(rebased({ before: null, mine: "silver", theirs: "silver" })).toEqual({ value: "silver" });
  });

  it("keeps what both did to a list", () => {
    const before = [email("a@x.example"), email("b@x.example"), email("c@x.example")];
    const mine = [email("a@x.example", "work"), email("c@x.example"), email("mine@x.example")];
    const theirs = [email("A@x.example"), email("b@x.example"), email("theirs@x.example")];

    expect(rebased({ before, mine, theirs })).toEqual({
      value: [email("a@x.example", "work"), email("theirs@x.example"), email("mine@x.example")],
    });
  });
});
