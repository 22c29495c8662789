import type { AgentEvent } from "@kithdesk/api-client";
import { beforeEach, expect, it } from "vitest";

import { emptyDesk } from "../desk/desk.ts";
import { customerFromResource } from "../desk/reading.ts";
import { changeDesk, replaceDesk } from "../desk/store.ts";
import { ME } from "../desk/testing.ts";
import { CHANGES_KEPT, changerOf, takeChanger } from "./changers.ts";

beforeEach(() => {
  replaceDesk(emptyDesk(ME));
  changeDesk((desk) => {
    desk.customers.set("k1", customerFromResource({ type: "customer", id: "k1", attributes: {} }));
  });
});

function changed(by: string, changes: object, customer = "k1"): AgentEvent {
  return {
    kind: "customer.updated",
    at: "2026-01-01T10:00:00.000Z",
    actor: { type: "user", id: "u1", displayName: by },
    data: { customer, displayName: "Maya", changes },
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

it("forgets what was long ago, and takes no note of customers whom nobody has looked at", () => {
  const change = { before: null, after: "x" };
  takeChanger(changed("Ben", { name: change }));
  takeChanger(changed("Import", { name: change }, "k9"));
  expect(changerOf("k1", "name")).toBe("Ben");

  for (let number = 0; number < CHANGES_KEPT; number += 1)
    takeChanger(changed("Cem", { [`field${number}`]: change }));

  expect(changerOf("k1", "name")).toBeNull();
  expect(changerOf("k1", `field${CHANGES_KEPT - 1}`)).toBe("Cem");
  expect(changerOf("k9", "name")).toBeNull();
});
