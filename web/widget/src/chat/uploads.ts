import { type Attachment, isTemporary, Refused } from "@kithdesk/api-client";
import { signal } from "@preact/signals-core";
import type { ChatApi } from "./api.ts";
import type { ChatSettings } from "./shapes.ts";

/** preparing ──▶ sending (progress) ──▶ done, or failed with the reason */
export type UploadState =
  | { step: "sending"; progress: number }
  | { step: "done"; attachment: Attachment }
  | { step: "failed"; reason: "size" | "type" | "network" | "refused"; again: boolean };

/** One file on its way to the server, before the message that carries it. */
export class Upload {
  readonly file: File;
  readonly state = signal<UploadState>({ step: "sending", progress: 0 });
  readonly #api: ChatApi;
  #request: XMLHttpRequest | null = null;

  constructor(file: File, api: ChatApi) {
    this.file = file;
    this.#api = api;
  }

  async start(): Promise<void> {
    this.state.value = { step: "sending", progress: 0 };
    try {
      const { name, size } = this.file;
      const slot = await this.#api.uploadSlot({ name, size, type: typeOf(this.file) });
      await this.#post(slot.url, slot.fields);
      this.state.value = { step: "done", attachment: slot.attachment };
    } catch (error) {
      this.state.value = failure(error);
    }
  }

  refuse(reason: "size" | "type"): void {
    this.state.value = { step: "failed", reason, again: false };
  }

  cancel(): void {
    this.#request?.abort();
  }

  /** `fetch` cannot tell how much of a body has left. */
  #post(url: string, fields: Record<string, string>): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      this.#request = request;
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      body.append("file", this.file);
      request.upload.onprogress = ({ loaded, total }) => {
        this.state.value = { step: "sending", progress: total > 0 ? loaded / total : 0 };
      };
      request.onload = () => (request.status < 300 ? resolve() : reject(refusal(request)));
      request.onerror = () => reject(new Error("network"));
      request.onabort = () => reject(new Error("cancelled"));
      request.open("POST", url);
      request.send(body);
    });
  }
}

/** Why this file cannot go, before a byte has left; null when it can. */
export function reasonAgainst(
  file: Pick<File, "name" | "size" | "type">,
  limits: ChatSettings["attachments"],
  already: number,
): "size" | "type" | null {
  if (limits.types.length > 0 && !limits.types.includes(typeOf(file))) return "type";
  return file.size > limits.maxBytes || already + file.size > limits.maxTotalBytes ? "size" : null;
}

const TYPES: Record<string, string> = {
  doc: "application/msword",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mov: "video/quicktime",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  txt: "text/plain",
  xls: "application/vnd.ms-excel",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  zip: "application/zip",
};

/** Systems differ in what they call a zip and leave many types empty: the ending decides, the server looks inside. */
export function typeOf(file: Pick<File, "name" | "type">): string {
  const ending = file.name.slice(file.name.lastIndexOf(".") + 1).toLowerCase();
  return (Object.hasOwn(TYPES, ending) ? TYPES[ending] : undefined) ?? file.type;
}

function refusal(request: XMLHttpRequest): Refused {
  return new Refused({ status: request.status, code: "upload", title: request.statusText });
}

function failure(error: unknown): UploadState {
  if (!(error instanceof Refused)) return { step: "failed", reason: "network", again: true };
  if (error.status === 413) return { step: "failed", reason: "size", again: false };
  if (error.status === 415) return { step: "failed", reason: "type", again: false };
  return { step: "failed", reason: "refused", again: isTemporary(error) };
}
