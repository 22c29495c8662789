import { describe, expect, it } from "vitest";

import { neighbour } from "./walk.ts";

describe("neighbour", () => {
  it("walks and stops at the ends", () => {
    expect(neighbour(["a", "b", "c"], "a", 0, 1)).toBe("b");
    expect(neighbour(["a", "b", "c"], "b", 1, -1)).toBe("a");
    expect(neighbour(["a", "b", "c"], "c", 2, 1)).toBeNull();
    expect(neighbour(["a", "b", "c"], "a", 0, -1)).toBeNull();
  });

  it("begins at the top", () => {
    expect(neighbour(["a", "b"], null, 0, 1)).toBe("a");
    expect(neighbour([], null, 0, 1)).toBeNull();
  });

  it("goes on from where a row was that has left", () => {
    expect(neighbour(["a", "c"], "b", 1, 1)).toBe("c");
    expect(neighbour(["a", "c"], "b", 1, -1)).toBe("a");
    expect(neighbour(["a"], "b", 1, 1)).toBe("a");
  });
});
