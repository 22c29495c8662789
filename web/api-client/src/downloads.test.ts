// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { saveFile } from "./downloads.ts";

let kept: Blob[];
let saved: [name: string, address: string][];

beforeEach(() => {
  kept = [];
  saved = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((content) => `blob:${kept.push(content as Blob)}`);
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push([this.download, this.href]);
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function answering(...answer: ConstructorParameters<typeof Response>): void {
  vi.stubGlobal("fetch", async () => new Response(...answer));
}

test("a file is saved by its name, and never by a type that a browser would open", async () => {
  answering("<script>", { headers: { "Content-Type": "text/html" } });

  await saveFile("/files/f1", "page.html");

  expect(saved).toEqual([["page.html", "blob:1"]]);
  expect(kept[0]?.type).toBe("application/octet-stream");
  expect(await kept[0]?.text()).toBe("<script>");
});

test("a refusal is no file, and has the server's words", async () => {
  const errors = [{ status: 503, code: "overloaded", title: "Busy", detail: "Files cannot be reached." }];
  answering(JSON.stringify({ errors }), { status: 503 });

  await expect(saveFile("/files/f1", "plan.pdf")).rejects.toMatchObject({
    detail: "Files cannot be reached.",
  });
  expect(saved).toEqual([]);
});

test("no answer is a broken connection", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));

  await expect(saveFile("/files/f1", "plan.pdf")).rejects.toMatchObject({ name: "Disconnected" });
  expect(saved).toEqual([]);
});
