// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { copyText } from "./copy.ts";

let copied: string[];

beforeEach(() => {
  copied = [];
  document.body.innerHTML = "<button>Copy</button>";
  document.execCommand = vi.fn(() => {
    copied.push((document.activeElement as HTMLTextAreaElement).value);
    return true;
  });
});

afterEach(() => vi.unstubAllGlobals());

function withClipboard(writeText: ((text: string) => Promise<void>) | undefined): void {
  const clipboard = writeText === undefined ? undefined : { writeText };
  vi.stubGlobal("navigator", { clipboard });
}

it("copies where the browser has a clipboard", async () => {
  const writeText = vi.fn(async () => undefined);
  withClipboard(writeText);

  expect(await copyText("<script>")).toBe(true);

  expect(writeText).toHaveBeenCalledWith("<script>");
  expect(copied).toEqual([]);
});

it.each([
  ["has none, as without TLS", undefined],
  ["refuses it", async () => Promise.reject(new Error("no"))],
])("copies where the browser %s, and leaves the focus where it was", async (_, writeText) => {
  withClipboard(writeText);
  const button = document.querySelector("button");
  button?.focus();

  expect(await copyText("<script>")).toBe(true);

  expect(copied).toEqual(["<script>"]);
  expect(document.activeElement).toBe(button);
  expect(document.querySelector("textarea")).toBeNull();
});
