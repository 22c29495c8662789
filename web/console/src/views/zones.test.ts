import { expect, it, vi } from "vitest";

import { whomInWords } from "../settings/slas/promise-words.ts";
import type { Field } from "./fields.ts";
import { otherZone } from "./zones.ts";

function isIn(timeZone: string): void {
  const known = new Intl.DateTimeFormat().resolvedOptions();
  vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockReturnValue({ ...known, timeZone });
}

it("names a place that is not the reader's", () => {
  isIn("Asia/Tokyo");

  expect(otherZone("Asia/Tokyo")).toBeNull();
  expect(otherZone(undefined)).toBeNull();
  expect(otherZone("America/New_York")).toBe("America/New York");
});

it("says of a day in a rule whose it is, unless it is kept as a day, which is the same everywhere", () => {
  isIn("Asia/Tokyo");
  const field = { field: "conversation_created_at", name: "Opened", group: "Conversation", kind: "age" };
  const query = {
    match: "and" as const,
    criteria: [{ field: field.field, operator: "after" as const, values: ["2026-11-24"] }],
    timeZone: "Europe/Lisbon",
  };
  const said = (more: object = {}) =>
    whomInWords(query, [{ ...field, choices: [], ...more } as never as Field]);

  expect(said()).toBe("Opened is after 2026-11-24 (Europe/Lisbon)");
  expect(said({ isDay: true })).toBe("Opened is after 2026-11-24");
  isIn("Europe/Lisbon");
  expect(said()).toBe("Opened is after 2026-11-24");
});
