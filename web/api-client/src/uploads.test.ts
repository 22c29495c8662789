import { beforeEach, expect, test, vi } from "vitest";
import type { Disconnected, Refused } from "./refusals.ts";
import { type NewFile, typeOf, uploadFile } from "./uploads.ts";

/** A request whose other end is the test. */
class ScriptedRequest {
  static last: ScriptedRequest;
  readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onloadend: (() => void) | undefined;
  status = 0;
  response: unknown = null;
  address = "";
  body: FormData | undefined;

  constructor() {
    ScriptedRequest.last = this;
  }

  open(_method: string, url: string): void {
    this.address = url;
  }

  send(body: FormData): void {
    this.body = body;
  }

  abort(): void {
    this.ends(0);
  }

  ends(status: number, response: unknown = null): void {
    this.status = status;
    this.response = response;
    this.onloadend?.();
  }
}

const ATTRIBUTES = { contentLength: 3, width: null, height: null, hasThumbnail: false };

beforeEach(() => {
  vi.stubGlobal("XMLHttpRequest", ScriptedRequest);
});

async function send(file: File) {
  const reserved: NewFile[] = [];
  const shares: number[] = [];
  const abort = new AbortController();
  const desk = {
    uploadSlot: async (wanted: NewFile) => {
      reserved.push(wanted);
      const { name, contentType } = wanted;
      return {
        attachment: { id: "a1", name, contentType, ...ATTRIBUTES },
        url: "/uploads/slot",
        fields: { attachment: "a1" },
      };
    },
  };
  const answer = uploadFile(file, desk, (share) => shares.push(share), abort.signal);
  answer.catch(() => undefined);
  await vi.waitFor(() => expect(ScriptedRequest.last?.body).toBeDefined());
  return { answer, reserved, shares, abort, request: ScriptedRequest.last };
}

test("a file goes into its slot, its fields first, and what the server saw in it comes back", async () => {
  const { answer, reserved, shares, request } = await send(
    new File(["abc"], "tent.png", { type: "image/png" }),
  );

  request.upload.onprogress?.({ loaded: 1, total: 4 });
  request.ends(201, { data: { id: "a1", attributes: { name: "tent.png", width: 320, hasThumbnail: true } } });

  expect(reserved).toEqual([{ name: "tent.png", contentType: "image/png", contentLength: 3 }]);
  expect(request.address).toBe("/uploads/slot");
  expect([...(request.body ?? [])].map(([name]) => name)).toEqual(["attachment", "file"]);
  expect(shares).toEqual([0.25]);
  expect(await answer).toMatchObject({ id: "a1", contentType: "image/png", width: 320, hasThumbnail: true });
});

test("a file that the browser has no type for is called what its ending says", async () => {
  const { answer, reserved, request } = await send(new File(["abc"], "Repair plan.DOCX"));
  request.ends(201);
  await answer;

  expect(reserved[0]?.contentType).toMatch(/wordprocessingml/);
});

test("a refusal has the server's words, a broken connection none", async () => {
  const refused = await send(new File(["abc"], "a.png"));
  refused.request.ends(415, {
    errors: [{ status: 415, code: "unsupported", title: "Unsupported", detail: "No" }],
  });
  const broken = await send(new File(["abc"], "a.png"));
  broken.request.ends(0);

  expect(await refused.answer.catch((error: Refused) => error)).toMatchObject({ status: 415, detail: "No" });
  expect(await broken.answer.catch((error: Disconnected) => error.name)).toBe("Disconnected");
});

test("what is cancelled stops", async () => {
  const { answer, abort } = await send(new File(["abc"], "a.png"));

  abort.abort();

  expect(await answer.catch((error: Error) => error.name)).toBe("Disconnected");
});

test.each([
  ["a.zip", "application/x-zip-compressed", "application/zip"],
  ["a.ZIP", "", "application/zip"],
  ["a.webp", "image/webp", "image/webp"],
  ["a.constructor", "", ""],
])("%s of type “%s” is “%s”", (name, type, expected) => {
  expect(typeOf({ name, type })).toBe(expected);
});
