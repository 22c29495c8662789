import { expect, it } from "vitest";

import { whomInWords } from "../settings/slas/promise-words.ts";
import type { Criterion, Query } from "./criteria.ts";
import type { Field } from "./fields.ts";

const FIELDS = [
  { field: "message_body", name: "Words in it", group: "Last message", kind: "words", choices: [] },
  { field: "page_url", name: "Address", group: "Page", kind: "text", choices: [] },
  { field: "conversation_channel", name: "Channel", group: "Conversation", kind: "choice", choices: [] },
] as never as readonly Field[];

const asks = (field: string, operator: Criterion["operator"], ...values: string[]): Criterion => ({
  field,
  operator,
  values,
});
const said = (match: Query["match"], ...criteria: Criterion[]) => whomInWords({ match, criteria }, FIELDS);

it("says once what is asked of one field in the same way", () => {
  expect(
    said(
      "or",
      asks("message_body", "contains", "mend"),
      asks("page_url", "prefix", "/help"),
      asks("message_body", "contains", "repair"),
    ),
  ).toBe("Last message contains any of mend, repair or Page · Address begins with /help");
  expect(said("and", asks("page_url", "not_contains", "a"), asks("page_url", "not_contains", "b"))).toBe(
    "Page · Address contains none of a, b",
  );
  expect(
    said("or", asks("conversation_channel", "in", "chat"), asks("conversation_channel", "in", "email")),
  ).toBe("Channel is one of chat, email");
});

it("does not say any where all must hold, nor all where one is enough", () => {
  expect(said("and", asks("page_url", "contains", "a"), asks("page_url", "contains", "b"))).toBe(
    "Page · Address contains a and Page · Address contains b",
  );
  expect(said("or", asks("page_url", "not_equals", "a"), asks("page_url", "not_equals", "b"))).toBe(
    "Page · Address is not a or Page · Address is not b",
  );
});
