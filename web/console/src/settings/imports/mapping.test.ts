import { expect, it } from "vitest";

import type { Import } from "./imports.ts";
import { doubled, firstChoice, mappingOf, withKey, withTarget } from "./mapping.ts";

const COLUMNS = ["externalId", "emails", "name"].map((suggested) => ({
  name: suggested,
  sample: [],
  suggested,
}));

const choice = () => firstChoice({ columns: COLUMNS, mapping: null } as unknown as Import);

it("begins with what the columns sound like", () => {
  expect(mappingOf(choice())).toEqual({
    targets: ["externalId", "emails", "name"],
    matchBy: ["externalId", "email"],
    onMatch: "update",
  });
});

it("goes on with what was chosen before", () => {
  const mapping = { targets: [null, "phones", null], matchBy: [], onMatch: "skip" } as const;

  expect(mappingOf(firstChoice({ columns: COLUMNS, mapping } as unknown as Import))).toEqual(mapping);
});

it("finds nobody by what no column is, and again once one is", () => {
  const without = withTarget(choice(), 1, null);

  expect(mappingOf(without).matchBy).toEqual(["externalId"]);
  expect(mappingOf(withTarget(without, 1, "emails")).matchBy).toEqual(["externalId", "email"]);
});

it("tries keys in the same order, however they were ticked", () => {
  const again = withKey(withKey(choice(), "externalId", false), "externalId", true);

  expect(mappingOf(again).matchBy).toEqual(["externalId", "email"]);
});

it("lets several columns be one thing only where a customer has several", () => {
  const emails = withTarget(choice(), 2, "emails");
  const names = withTarget(choice(), 1, "name");
  const colours = withTarget(withTarget(choice(), 0, "custom.colours"), 1, "custom.colours");
  const list = [{ name: "colours", isList: true }] as never;

  expect([...doubled(emails, [])]).toEqual([]);
  expect([...doubled(names, [])]).toEqual([1, 2]);
  expect([...doubled(colours, [])]).toEqual([0, 1]);
  expect([...doubled(colours, list)]).toEqual([]);
});
