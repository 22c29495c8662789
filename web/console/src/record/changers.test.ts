import type { AgentEvent } from "@kithdesk/api-client";
import { expect, it } from "vitest";

import { changerOf, takeChanger } from "./changers.ts";

function changed(by: string, changes: object): AgentEvent {
  return {
    kind: "customer.updated",
    at: "2026-01-01T10:00:00.000Z",
    actor: { type: "user", id: "u1", displayName: by },
    data: { customer: "k1", displayName: "Maya", changes },
  } as AgentEvent;
}

it("knows who changed a field last, and of attributes each by itself", () => {
  takeChanger(changed("Ben", { name: { before: null, after: "Maya" } }));
  takeChanger(
    changed("Cem", {
      custom: { before: { tierStr: "gold", clubStr: "a" }, after: { tierStr: "silver", clubStr: "a" } },
    }),
  );
  takeChanger(changed("Dua", { name: { before: "Maya", after: "M." } }));

  expect(changerOf("k1", "name")).toBe("Dua");
  expect(changerOf("k1", "custom.tierStr")).toBe("Cem");
  expect(changerOf("k1", "custom.clubStr")).toBeNull();
  expect(changerOf("k2", "name")).toBeNull();
});
