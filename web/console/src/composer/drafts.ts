import { type HttpRequest, isFinal, Refused } from "@kithdesk/api-client";

import { api } from "../api/api.ts";
import { isConflict, isNotFound } from "../api/errors.ts";
import type { Resource } from "../desk/reading.ts";
import { onOnline, useLive } from "../live/live.ts";
import { onForget } from "../session/session.ts";
import { isNothing, readStored, type StoredDraft } from "./draft.ts";
import { readHere, removeAllHere, removeHere, writeHere } from "./unsent.ts";

/*
 * Where drafts are kept: on the server, so that they are there at the next desk too; and in this browser from the
 * first key until the server has them, so that nothing depends on a connection.
 *
 *     waiting ── a pause in the typing ──▶ saving ──▶ saved: no longer kept here
 *        ▲                                    └── not saved
 *        └── later, when online again, when the page is looked at or left ──┘
 */

const SAVE_AFTER_MS = 700;
const TRY_AGAIN_AFTER_MS = 10_000;
const READ_AGAIN_AFTER_MS = [3_000, 6_000, 12_000, 30_000];

type Revision = string | number | null;

interface Slot {
  revision: Revision;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** What the server does not have. */
  waiting: StoredDraft | null;
  saving: Promise<unknown> | null;
  /** What is kept is being asked for. To save before it is known would write over it. */
  reading: Promise<unknown> | null;
  /** Somebody has it before them. */
  isOpen: boolean;
  /** Ends the pause before it is asked for again. */
  askNow: () => void;
}

const slots = new Map<string, Slot>();

/** Whether somebody has the conversation before them: what is kept of the others can wait. */
export function setDraftOpen(conversation: string, isOpen: boolean): void {
  const slot = slotOf(conversation);
  slot.isOpen = isOpen;
  if (isOpen) slot.askNow();
}

/**
 * The kept draft of a conversation, or null when there is none; asked for until the server says. Rejects where it says
 * no, or where nobody wants it any more.
 */
export async function loadDraft(conversation: string): Promise<StoredDraft | null> {
  const slot = slotOf(conversation);
  // What is typed at this moment is not what was kept.
  const here = slot.waiting === null ? readHere(conversation) : null;
  const asking = here === null ? readUntilKnown(conversation, slot) : read(conversation, slot);
  const reading = asking.then(
    () => undefined,
    () => undefined,
  );
  slot.reading = reading;
  try {
    // Words that only this browser has are newer.
    return here ?? (await asking);
  } finally {
    void reading.then(() => {
      if (slot.reading === reading) slot.reading = null;
    });
    saveLeftBehind(conversation);
  }
}

/**
 * As it is on the server by now, when another window may have written or sent it. `undefined` where that cannot be told,
 * or where this window has something that the server has not.
 */
export async function rereadDraft(conversation: string): Promise<StoredDraft | null | undefined> {
  const slot = slotOf(conversation);
  const isSettled = () => slot.waiting === null && slot.saving === null && slot.reading === null;
  if (!isSettled()) return undefined;
  const stored = await read(conversation, slot).catch(() => undefined);
  return isSettled() && slots.get(conversation) === slot ? stored : undefined;
}

async function readUntilKnown(conversation: string, slot: Slot): Promise<StoredDraft | null> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await read(conversation, slot);
    } catch (error) {
      const isHopeless = error instanceof Refused && isFinal(error);
      if (isHopeless) throw error;
      await pauseAfter(failures, slot);
      const isForgotten = slots.get(conversation) !== slot;
      // What was typed meanwhile is saved only when it is known what it would replace.
      const isWanted = slot.isOpen || slot.waiting !== null;
      if (isForgotten || !isWanted) throw error;
    }
  }
}

/** Longer and longer, and not in step with all the other desks; over at once when the connection is back. */
function pauseAfter(failures: number, slot: Slot): Promise<void> {
  const longest = READ_AGAIN_AFTER_MS[Math.min(failures, READ_AGAIN_AFTER_MS.length - 1)] ?? 0;
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, longest * (0.5 + Math.random() / 2));
    slot.askNow = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

async function read(conversation: string, slot: Slot): Promise<StoredDraft | null> {
  const { data } = await api.get<Resource | null>(pathOf(conversation));
  slot.revision = data === null ? null : revisionOf(data.attributes);
  return data === null ? null : readStored(data.attributes);
}

/** What an earlier visit could not save. */
function saveLeftBehind(conversation: string): void {
  const { waiting, saving } = slotOf(conversation);
  const here = readHere(conversation);
  if (here !== null && waiting === null && saving === null) saveDraft(conversation, here);
}

/** Keep this draft soon; an empty one is forgotten. Later calls replace earlier ones. */
export function saveDraft(conversation: string, draft: StoredDraft): void {
  const slot = slotOf(conversation);
  slot.waiting = draft;
  writeHere(conversation, draft);
  flushAfter(SAVE_AFTER_MS, conversation, slot);
}

/** Whether the server has all of it, or is about to. */
export function isSaved(conversation: string): boolean {
  return slotOf(conversation).waiting === null;
}

/** Save all that waits, now. Rejects with the reason when something could not be saved; it stays kept here. */
export async function flushDrafts(request: Pick<HttpRequest, "keepalive"> = {}): Promise<void> {
  // All at once: a page that is being left does not wait for the first answer to send the second.
  const problems = await Promise.all(
    [...slots].map(async ([conversation, slot]) => {
      if (slot.saving !== null) await slot.saving;
      return flush(conversation, slot, request);
    }),
  );
  const problem = problems.find((one) => one !== null);
  if (problem !== undefined) throw problem;
}

function flushAfter(milliseconds: number, conversation: string, slot: Slot): void {
  clearTimeout(slot.timer);
  slot.timer = setTimeout(async () => {
    await slot.reading;
    // Saved meanwhile, or there are other words now, with a time of their own.
    if (slots.get(conversation) === slot) void flush(conversation, slot);
  }, milliseconds);
}

/** Resolves with what stood in the way, or null. */
function flush(
  conversation: string,
  slot: Slot,
  request: Pick<HttpRequest, "keepalive"> = {},
): Promise<unknown> {
  slot.saving ??= save(conversation, slot, request).finally(() => {
    slot.saving = null;
  });
  return slot.saving;
}

async function save(conversation: string, slot: Slot, request: HttpRequest): Promise<unknown> {
  clearTimeout(slot.timer);
  const draft = slot.waiting;
  if (draft === null) return null;
  slot.waiting = null;
  const problem = await write(conversation, slot, draft, request).then(
    () => null,
    (error: unknown) => error,
  );
  // Forgotten meanwhile: whoever is here now must not save another's words.
  if (slots.get(conversation) !== slot) return null;
  const isNewer = slot.waiting !== null;
  if (problem !== null) slot.waiting ??= draft;
  if (isNewer) flushAfter(SAVE_AFTER_MS, conversation, slot);
  else if (problem === null) removeHere(conversation);
  else if (mayPass(problem)) flushAfter(TRY_AGAIN_AFTER_MS, conversation, slot);
  return problem;
}

/** Worth another try by itself: not after a plain no, and without a connection its return is the time. */
function mayPass(problem: unknown): boolean {
  return useLive.getState().state === "online" && !(problem instanceof Refused && isFinal(problem));
}

async function write(
  conversation: string,
  slot: Slot,
  draft: StoredDraft,
  request: HttpRequest,
): Promise<void> {
  const path = pathOf(conversation);
  if (isNothing(draft)) {
    slot.revision = null;
    await api.remove(path, undefined, request).catch((error: unknown) => {
      // The conversation is gone, and what was written in it.
      if (!isNotFound(error)) throw error;
    });
    return;
  }
  try {
    slot.revision = await put(path, draft, slot.revision, request);
  } catch (error) {
    if (!isConflict(error)) throw error;
    // The same agent wrote or sent in another window. The last words typed win, as in one text field.
    slot.revision = await put(path, draft, null, request);
  }
}

async function put(
  path: string,
  draft: StoredDraft,
  revision: Revision,
  request: HttpRequest,
): Promise<Revision> {
  const { data } = await api.put(path, { ...draft, ...(revision === null ? {} : { revision }) }, request);
  return revisionOf(data.attributes);
}

function slotOf(conversation: string): Slot {
  const slot = slots.get(conversation) ?? {
    revision: null,
    timer: undefined,
    waiting: null,
    saving: null,
    reading: null,
    isOpen: false,
    askNow: () => undefined,
  };
  slots.set(conversation, slot);
  return slot;
}

function pathOf(conversation: string): string {
  return `/v1/conversations/${conversation}/drafts/current`;
}

function revisionOf(attributes: Readonly<Record<string, unknown>>): Revision {
  const { revision } = attributes;
  return typeof revision === "number" || typeof revision === "string" ? revision : null;
}

/** It is kept here, and goes up when it can. */
function flushQuietly(request: Pick<HttpRequest, "keepalive"> = {}): void {
  flushDrafts(request).catch(() => undefined);
}

onOnline((isOnline) => {
  if (!isOnline) return;
  for (const slot of slots.values()) slot.askNow();
  flushQuietly();
});
globalThis.document?.addEventListener("visibilitychange", () =>
  flushQuietly({ keepalive: document.visibilityState === "hidden" }),
);
globalThis.addEventListener?.("pagehide", () => flushQuietly({ keepalive: true }));

onForget(() => {
  for (const slot of slots.values()) clearTimeout(slot.timer);
  slots.clear();
  removeAllHere();
});
