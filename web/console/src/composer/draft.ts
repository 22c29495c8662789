import { text, texts } from "../desk/reading.ts";
import type { MessageAttachment } from "../desk/types.ts";

/** What an agent is writing in one conversation and has not sent. */
export interface Draft {
  readonly kind: "message" | "note";
  readonly body: string;
  readonly uploads: readonly Upload[];
}

export interface Upload {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** 0 to 1. */
  readonly progress: number;
  readonly state: "sending" | "ready" | "failed";
  readonly attachment: MessageAttachment | null;
  readonly error: string | null;
}

/** A draft as it is stored: without files that are not up yet. */
export interface StoredDraft {
  readonly kind: "message" | "note";
  readonly body: string;
  readonly attachments: readonly string[];
}

export const EMPTY_DRAFT: Draft = { kind: "message", body: "", uploads: [] };

const LARGEST_BODY_BYTES = 32 * 1024;

export function isEmpty(draft: Draft): boolean {
  return draft.body.trim() === "" && draft.uploads.length === 0;
}

/** Where no reply arrives nothing is left to write but notes; one that was begun before keeps its words. */
export function whereUnanswerable(draft: Draft): Draft {
  return draft.kind === "message" && isEmpty(draft) ? { ...draft, kind: "note" } : draft;
}

/** Why this cannot be sent yet; null when it can. Nothing to send is no problem, and no message. */
export function problemWith(draft: Draft): "empty" | "uploading" | "failed" | "too-long" | null {
  if (isEmpty(draft)) return "empty";
  if (draft.uploads.some(({ state }) => state === "sending")) return "uploading";
  if (draft.body.trim() === "" && draft.uploads.every(({ state }) => state === "failed")) return "failed";
  if (new TextEncoder().encode(draft.body).length > LARGEST_BODY_BYTES) return "too-long";
  return null;
}

export function asStored(draft: Draft): StoredDraft {
  return {
    kind: draft.kind,
    body: draft.body,
    attachments: draft.uploads.flatMap(({ attachment }) => (attachment === null ? [] : [attachment.id])),
  };
}

export function fromStored({ kind, body }: StoredDraft, files: readonly MessageAttachment[]): Draft {
  return { kind, body, uploads: files.map(asUpload) };
}

export function isSame(one: StoredDraft, other: StoredDraft): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What was begun, and what was typed before that was known. Words of a note stay a note's. */
export function joined(begun: Draft, typed: Draft): Draft {
  if (isEmpty(typed)) return begun;
  const isThere = typed.body.includes(begun.body);
  return {
    kind: begun.kind === "note" && !isThere ? "note" : typed.kind,
    body: isThere ? typed.body : `${begun.body}\n\n${typed.body}`,
    uploads: [...begun.uploads, ...typed.uploads],
  };
}

export function asUpload(attachment: MessageAttachment): Upload {
  return {
    key: attachment.id,
    name: attachment.name,
    size: attachment.contentLength,
    progress: 1,
    state: "ready",
    attachment,
    error: null,
  };
}

export function readStored(json: Readonly<Record<string, unknown>>): StoredDraft {
  return {
    kind: json.kind === "note" ? "note" : "message",
    body: text(json.body),
    attachments: texts(json.attachments),
  };
}

export function isNothing(draft: StoredDraft | null): boolean {
  return draft === null || (draft.body === "" && draft.attachments.length === 0);
}
