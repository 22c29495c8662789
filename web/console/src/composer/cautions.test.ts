import { expect, it } from "vitest";

import { aMessage } from "../desk/testing.ts";
import type { Message } from "../desk/types.ts";
import type { Entry } from "../timeline/entries.ts";
import { saysNote } from "./cautions.ts";

const NOTE = "He asks for a discount every month, give him none.";

function entries(...messages: Partial<Message>[]): readonly Entry[] {
  return messages.map(
    (over, index) =>
      ({
        kind: "message",
        position: index + 1,
        message: aMessage({ id: `m${index}`, ...over }),
      }) as Entry,
  );
}

const says = (reply: string, ...messages: Partial<Message>[]) => saysNote(entries(...messages), reply);

it.each([
  ["all of it", NOTE],
  ["in other spaces and letters", "HE asks  for a\ndiscount every month, GIVE him none."],
  ["a part of it within other words", "Hello Tom, for a discount every month, and so on"],
])("knows the words of a note: %s", (_, reply) => {
  expect(says(reply, { kind: "note", body: NOTE })).toBe(true);
});

it.each([
  ["words of one's own", "There is a discount for you this month."],
  ["a few words that everybody uses", "He asks for a tent."],
  ["nothing yet", ""],
])("leaves alone what is no note: %s", (_, reply) => {
  expect(says(reply, { kind: "note", body: NOTE })).toBe(false);
});

it("knows a short note as a whole, where it is long enough to be known", () => {
  expect(says("It was fraud, confirmed.", { kind: "note", body: "fraud, confirmed" })).toBe(true);
  expect(says("Yes, thank you very much", { kind: "note", body: "Yes" })).toBe(false);
});

it("keeps no secret of what the customer has said themselves", () => {
  const said = { body: "My order 20931 never came to Torridon" };
  const note = { kind: "note", body: "Says: my order 20931 never came to Torridon" } as const;

  expect(says("Your words: my order 20931 never came to Torridon", said, note)).toBe(false);
});

it("knows words of a language without spaces", () => {
  const note = "このお客様は毎月割引を求めてきますので対応しないでください";
  expect(says(`${note}。`, { kind: "note", body: note })).toBe(true);
});

it("looks at the newest notes of a conversation that has very many", () => {
  const older = Array.from({ length: 50 }, (_, number) => ({
    kind: "note" as const,
    body: `Matter ${number} is what somebody called about`,
  }));

  expect(says(NOTE, ...older, { kind: "note", body: NOTE })).toBe(true);
  expect(says("Matter 0 is what somebody", ...older)).toBe(false);
});
