import { expect, test } from "vitest";
import { ar } from "./ar.ts";
import { en, type Text } from "./en.ts";
import { wordsFor } from "./words.ts";

const holes = (text: Text) => {
  const all = typeof text === "string" ? text : text.other;
  return [...all.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
};

test("every text of the other language has the same blanks to fill", () => {
  for (const key of Object.keys(en) as (keyof typeof en)[])
    expect([key, holes(ar[key])]).toEqual([key, holes(en[key])]);
});

test("a language without a catalogue reads English", async () => {
  const words = await wordsFor("xx-YY");

  expect([words.lang, words.dir, words.say("send")]).toEqual(["en", "ltr", "Send"]);
});

test("a language as older pages write it is understood", async () => {
  expect((await wordsFor("en_us")).lang).toBe("en-US");
});

test("nonsense for a language is English too", async () => {
  expect((await wordsFor("not a tag")).lang).toBe("en");
});

test("Arabic reads from right to left and counts in six forms", async () => {
  const words = await wordsFor("ar");
  const forms = [0, 1, 2, 3, 11, 100].map((count) => words.say("unread", { count }));

  expect(words.dir).toBe("rtl");
  expect(new Set(forms).size).toBe(6);
});

test("test_T21 what is filled in is filled in once, and names from a prototype are blanks", async () => {
  const { say } = await wordsFor("en");

  expect(say("typing", { name: "{name} {constructor}" })).toBe("{name} {constructor} is typing");
});
