import { type Attachment, isTemporary, Refused, typeOf, uploadFile } from "@kithdesk/api-client";
import type { ChatApi } from "./api.ts";
import type { ChatSettings } from "./shapes.ts";

/** sending (progress) ──▶ done, or failed with the reason */
export type UploadState =
  | { step: "sending"; progress: number }
  | { step: "done"; attachment: Attachment }
  | { step: "failed"; reason: "size" | "type" | "other"; again: boolean };

/** Takes one file to the server, ahead of the message that carries it, and tells how that went. Never rejects. */
export async function transfer(
  file: File,
  api: ChatApi,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadState> {
  try {
    return { step: "done", attachment: await uploadFile(file, api, onProgress, signal) };
  } catch (error) {
    return failure(error);
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
