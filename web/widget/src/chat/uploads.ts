import { type Attachment, isTemporary, Refused, typeOf, uploadFile } from "@kithdesk/api-client";
import { signal } from "@preact/signals-core";
import type { ChatApi } from "./api.ts";
import type { ChatSettings } from "./shapes.ts";

/** preparing ──▶ sending (progress) ──▶ done, or failed with the reason */
export type UploadState =
  | { step: "sending"; progress: number }
  | { step: "done"; attachment: Attachment }
  | { step: "failed"; reason: "size" | "type" | "other"; again: boolean };

/** One file on its way to the server, before the message that carries it. */
export class Upload {
  readonly file: File;
  readonly state = signal<UploadState>({ step: "sending", progress: 0 });
  readonly #api: ChatApi;
  #sending = new AbortController();

  constructor(file: File, api: ChatApi) {
    this.file = file;
    this.#api = api;
  }

  async start(): Promise<void> {
    const onProgress = (progress: number) => {
      this.state.value = { step: "sending", progress };
    };
    onProgress(0);
    try {
      const attachment = await uploadFile(this.file, this.#api, onProgress, this.#sending.signal);
      this.state.value = { step: "done", attachment };
    } catch (error) {
      this.state.value = failure(error);
    }
  }

  refuse(reason: "size" | "type"): void {
    this.state.value = { step: "failed", reason, again: false };
  }

  cancel(): void {
    this.#sending.abort();
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

function failure(error: unknown): UploadState {
  // No answer is like an answer that passes: nobody knows, so it may be tried again.
  const status = error instanceof Refused ? error.status : 503;
  const reason = status === 413 ? "size" : status === 415 ? "type" : "other";
  return { step: "failed", reason, again: isTemporary({ status }) };
}
