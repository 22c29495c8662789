// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiServer } from "../api/testing.ts";
import { upload } from "./attachments.ts";

let server: ApiServer;
let sentTo: string[];

beforeEach(() => {
  sentTo = [];
  server = new ApiServer();
  server.on("POST /v1/attachments", ({ body }) => [
    201,
    {
      data: { type: "attachment", id: "a1", attributes: body },
      meta: { upload: { url: "/v1/uploads/slot", fields: { attachment: "a1" } } },
    },
  ]);
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      upload = {};
      status = 0;
      response: unknown = null;
      onloadend: (() => void) | undefined;
      open(_method: string, url: string) {
        sentTo.push(url);
      }
      send() {
        this.status = 201;
        this.response = { data: { id: "a1", attributes: { width: 640, height: 480, hasThumbnail: true } } };
        this.onloadend?.();
      }
    },
  );
});

afterEach(() => vi.unstubAllGlobals());

const send = (file: File) => upload(file, () => undefined, new AbortController().signal);

it("calls a file that the browser has no type for what its ending says", async () => {
  await send(new File(["abc"], "plan.docx"));
  await send(new File(["abc"], "photos.zip", { type: "application/x-zip-compressed" }));
  await send(new File(["abc"], "data.xyz"));

  expect(server.bodies("POST /v1/attachments")).toMatchObject([
    { name: "plan.docx", contentType: expect.stringContaining("wordprocessingml"), contentLength: 3 },
    { contentType: "application/zip" },
    { contentType: "application/octet-stream" },
  ]);
});

it("shows what the server saw in the file", async () => {
  const attachment = await send(new File(["abc"], "tent.png", { type: "image/png" }));

  expect(sentTo).toEqual(["/v1/uploads/slot"]);
  expect(attachment).toMatchObject({ id: "a1", name: "tent.png", width: 640, hasThumbnail: true });
});
