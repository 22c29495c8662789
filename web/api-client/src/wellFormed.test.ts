import { expect, test } from "vitest";
import { wellFormed } from "./wellFormed.ts";

test("half a character is replaced, whole ones stay", () => {
  const text = JSON.stringify({ body: "half \ud83d, whole 🏕️", pages: [{ title: "\udc00" }] }, wellFormed);

  expect(JSON.parse(text)).toEqual({ body: "half \ufffd, whole 🏕️", pages: [{ title: "\ufffd" }] });
});
