import { expect, it } from "vitest";

import { declaredFrom } from "../attributes/declared.ts";
import { readPreview } from "./api.ts";
import { linesOf } from "./preview-words.ts";

it("compares two records in words, by what the organisation calls its attributes", () => {
  const preview = readPreview({
    type: "customer_merge_preview",
    id: "k1",
    attributes: {
      fields: [
        { name: "name", source: null, target: "Maya", kept: "target" },
        {
          name: "emails",
          source: [{ type: "work", email: "m@work.example", verified: false }],
          target: [],
          kept: "both",
        },
        { name: "custom.tierStr", source: "gold", target: "silver", kept: "target" },
        { name: "custom.secretStr", source: { isMasked: true }, target: null, kept: "source" },
      ],
      moves: { conversations: 2, kobjects: 1 },
      warnings: [{ code: "two_logins", text: "Both have logged in." }],
    },
  });

  const attributes = { properties: { tierStr: { displayName: "Loyalty", type: "Str" } } };
  const declared = declaredFrom({ type: "metadata", id: "customer", attributes });
  expect(linesOf(preview.fields, new Map(declared.map((one) => [one.name, one])))).toEqual([
    { name: "name", label: "Name", source: null, target: "Maya", kept: "target" },
    { name: "emails", label: "Email", source: "m@work.example", target: null, kept: "both" },
    { name: "custom.tierStr", label: "Loyalty", source: "gold", target: "silver", kept: "target" },
    { name: "custom.secretStr", label: "Secret", source: "•••", target: null, kept: "source" },
  ]);
  expect(preview.moves).toEqual({ conversations: 2, kobjects: 1, visitors: 0 });
  expect(preview.warnings).toEqual(["Both have logged in."]);
});
