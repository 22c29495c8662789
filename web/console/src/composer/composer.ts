import { newId } from "@kithdesk/api-client";
import { fileSize } from "@kithdesk/ui";
import { create } from "zustand";

import { wordsFor } from "../api/errors.ts";
import { currentDesk, useDesk } from "../desk/store.ts";
import { type Conversation, canBeAnswered } from "../desk/types.ts";
import { discard, send } from "../live/outbox.ts";
import { onForget } from "../session/session.ts";
import { showToast } from "../toast/toast.ts";
import { attachmentOf, describeFiles, fileLimits, upload } from "./attachments.ts";
import {
  asStored,
  asUpload,
  type Draft,
  EMPTY_DRAFT,
  fromStored,
  isEmpty,
  isSame,
  joined,
  problemWith,
  type Upload,
  whereUnanswerable,
} from "./draft.ts";
import { isSaved, loadDraft, rereadDraft, saveDraft, setDraftOpen } from "./drafts.ts";
import { words } from "./en.ts";
import { stopTyping } from "./typing.ts";

/** Drafts by conversation. What was typed is here whatever else fails. */
export const useComposer = create<{ readonly drafts: ReadonlyMap<string, Draft> }>(() => ({
  drafts: new Map(),
}));

const asked = new Set<string>();
const uploads = new Map<string, { file: File; abort: AbortController }>();

export function useDraft(conversation: string): Draft {
  const draft = useComposer(({ drafts }) => drafts.get(conversation)) ?? EMPTY_DRAFT;
  const isUnanswerable = useDesk((desk) => whyNot(desk.conversations.get(conversation)) !== null);
  return isUnanswerable ? whereUnanswerable(draft) : draft;
}

/** Bring back what was being written here. What has been typed meanwhile comes after it. */
export async function openDraft(conversation: string): Promise<void> {
  setDraftOpen(conversation, true);
  if (asked.has(conversation)) {
    await refreshDraft(conversation);
    return;
  }
  asked.add(conversation);
  try {
    const stored = await loadDraft(conversation);
    if (stored === null) return;
    const files = await describeFiles(stored.attachments);
    const begun = fromStored(stored, files);
    if (!useComposer.getState().drafts.has(conversation)) set(conversation, begun);
    else change(conversation, joined(begun, draftOf(conversation)));
  } catch {
    // Asked again when the conversation is opened again; what is typed now is kept either way.
    asked.delete(conversation);
  }
}

export function closeDraft(conversation: string): void {
  stopTyping(conversation);
  setDraftOpen(conversation, false);
}

/** Another window of the same agent may have written on, or sent it. */
export async function refreshDraft(conversation: string): Promise<void> {
  const known = () => useComposer.getState().drafts.get(conversation);
  const before = known() ?? EMPTY_DRAFT;
  if (before.uploads.some(({ state }) => state !== "ready")) return;
  const stored = await rereadDraft(conversation);
  if (stored === undefined || isSame(stored ?? asStored(EMPTY_DRAFT), asStored(before))) return;
  const files = await describeFiles(stored?.attachments ?? []);
  if ((known() ?? EMPTY_DRAFT) !== before) return;
  set(conversation, stored === null ? { ...EMPTY_DRAFT, kind: before.kind } : fromStored(stored, files));
}

/** The same words were sent from another window: nobody must send them twice. */
export function forgetSent(conversation: string, body: string): void {
  const draft = useComposer.getState().drafts.get(conversation);
  // What is still being typed is somebody's next words, even if they are the same.
  if (draft === undefined || draft.body.trim() !== body || body === "" || !isSaved(conversation)) return;
  set(conversation, { ...EMPTY_DRAFT, kind: draft.kind });
}

export function setBody(conversation: string, body: string): void {
  change(conversation, { body });
}

export function setKind(conversation: string, kind: Draft["kind"]): void {
  if (draftOf(conversation).kind === kind) return;
  stopTyping(conversation);
  change(conversation, { kind });
}

/** Send what is written. False when it cannot be sent as it is; then it stays, and a word says why. */
export function sendDraft(conversation: string): boolean {
  const draft = draftOf(conversation);
  const problem = problemWith(draft);
  if (problem === "uploading") showToast(words.filesOnTheirWay);
  if (problem === "failed") showToast(words.filesFailed, { tone: "problem" });
  if (problem === "too-long") showToast(words.tooLong, { tone: "problem" });
  if (problem !== null) return false;
  const reason = whyNotNow(conversation);
  if (draft.kind === "message" && reason !== null) {
    showToast(words.unanswerable[reason], { tone: "problem" });
    return false;
  }
  stopTyping(conversation);
  send({
    conversation,
    body: draft.body.trim(),
    attachments: [...asStored(draft).attachments],
    kind: draft.kind,
  });
  // What did not arrive stays, with its way to try again. The kind stays too: whoever wrote a note and goes on must not
  // suddenly be writing to the customer.
  const left = draft.uploads.filter(({ state }) => state === "failed");
  if (left.length > 0) showToast(words.sentWithout(left.length), { tone: "problem" });
  change(conversation, { body: "", uploads: left });
  return true;
}

/** A message that was refused comes back into the composer: its words are not lost. */
export function takeBackUnsent(id: string): void {
  const entry = discard(id);
  if (entry?.conversation == null) return;
  const draft = draftOf(entry.conversation);
  change(entry.conversation, {
    kind: isEmpty(draft) ? entry.kind : draft.kind,
    body: [draft.body, entry.body].filter((part) => part !== "").join("\n\n"),
    uploads: [...draft.uploads, ...entry.attachments.map((attachment) => asUpload(attachmentOf(attachment)))],
  });
}

export function addFiles(conversation: string, files: Iterable<File>): void {
  const { oneFile, together } = fileLimits();
  for (const file of files) {
    const total = draftOf(conversation).uploads.reduce((sum, { size }) => sum + size, file.size);
    if (file.size > oneFile) showToast(words.fileTooLarge(file.name, fileSize(oneFile)), { tone: "problem" });
    else if (total > together) showToast(words.filesTooLarge(fileSize(together)), { tone: "problem" });
    else startUpload(conversation, file);
  }
}

export function removeUpload(conversation: string, key: string): void {
  uploads.get(key)?.abort.abort();
  uploads.delete(key);
  change(conversation, { uploads: draftOf(conversation).uploads.filter((one) => one.key !== key) });
}

export function retryUpload(conversation: string, key: string): void {
  const file = uploads.get(key)?.file;
  removeUpload(conversation, key);
  if (file !== undefined) startUpload(conversation, file);
}

function startUpload(conversation: string, file: File): void {
  const key = newId();
  const abort = new AbortController();
  uploads.set(key, { file, abort });
  const started: Upload = {
    key,
    name: file.name,
    size: file.size,
    progress: 0,
    state: "sending",
    attachment: null,
    error: null,
  };
  change(conversation, { uploads: [...draftOf(conversation).uploads, started] });
  const update = (fields: Partial<Upload>) =>
    change(conversation, {
      uploads: draftOf(conversation).uploads.map((one) => (one.key === key ? { ...one, ...fields } : one)),
    });
  upload(file, (progress) => update({ progress }), abort.signal).then(
    (attachment) => {
      uploads.delete(key);
      update({ state: "ready", progress: 1, attachment });
    },
    (error: unknown) => {
      if (!abort.signal.aborted) update({ state: "failed", error: wordsFor(error) });
    },
  );
}

function change(conversation: string, fields: Partial<Draft>): void {
  const before = draftOf(conversation);
  const after = { ...before, ...fields };
  set(conversation, after);
  if (!isSame(asStored(before), asStored(after))) saveDraft(conversation, asStored(after));
}

function set(conversation: string, draft: Draft): void {
  useComposer.setState(({ drafts }) => ({ drafts: new Map(drafts).set(conversation, draft) }));
}

function draftOf(conversation: string): Draft {
  const draft = useComposer.getState().drafts.get(conversation) ?? EMPTY_DRAFT;
  return whyNotNow(conversation) === null ? draft : whereUnanswerable(draft);
}

/** Why a reply would not reach the customer; null where it does, or nothing is known. */
export function whyNot(conversation: Conversation | undefined): "email" | "ended" | null {
  if (conversation === undefined || canBeAnswered(conversation)) return null;
  return conversation.channel === "email" ? "email" : "ended";
}

function whyNotNow(conversation: string) {
  return whyNot(currentDesk().conversations.get(conversation));
}

onForget(() => {
  for (const { abort } of uploads.values()) abort.abort();
  uploads.clear();
  asked.clear();
  useComposer.setState({ drafts: new Map() });
});
