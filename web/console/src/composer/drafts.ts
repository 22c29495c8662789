import { api } from "../api/api.ts";
import { isConflict, isNotFound } from "../api/errors.ts";
import { isJson, text, texts } from "../desk/reading.ts";
import { onForget, useSession } from "../session/session.ts";
import type { StoredDraft } from "./draft.ts";

/*
 * Where drafts are kept: on the server, so that they are there at the next desk too; and in this browser from the
 * first key until the server has them, so that nothing depends on a connection.
 */

const SAVE_AFTER_MS = 700;
const PREFIX = "kithdesk.unsent.";

type Revision = string | number | null;

interface Slot {
  revision: Revision;
  timer: ReturnType<typeof setTimeout> | undefined;
  waiting: StoredDraft | null;
  isSaving: boolean;
}

const slots = new Map<string, Slot>();

/** The kept draft of a conversation, or null when there is none. */
export async function loadDraft(conversation: string): Promise<StoredDraft | null> {
  const here = readHere(conversation);
  try {
    const { data } = await api.get(`/v1/conversations/${conversation}/drafts/current`);
    slotOf(conversation).revision = revisionOf(data.attributes);
    // Words that only this browser has are newer: they go up with the next key.
    return here ?? readStored(data.attributes);
  } catch (error) {
    if (here !== null || isNotFound(error)) return here;
    throw error;
  }
}

/** Keep this draft soon; an empty one is forgotten. Later calls replace earlier ones. */
export function saveDraft(conversation: string, draft: StoredDraft): void {
  const slot = slotOf(conversation);
  slot.waiting = draft;
  writeHere(conversation, draft);
  clearTimeout(slot.timer);
  slot.timer = setTimeout(() => void flush(conversation), SAVE_AFTER_MS);
}

async function flush(conversation: string): Promise<void> {
  const slot = slotOf(conversation);
  const draft = slot.waiting;
  if (draft === null || slot.isSaving) return;
  slot.isSaving = true;
  slot.waiting = null;
  try {
    await write(conversation, slot, draft);
    // Written since? Then what this browser keeps is newer, and stays.
    if (slot.waiting === null) removeHere(conversation);
  } catch {
    // It is kept here, and goes up with the next key or the next visit.
  } finally {
    slot.isSaving = false;
    if (slot.waiting !== null) slot.timer = setTimeout(() => void flush(conversation), SAVE_AFTER_MS);
  }
}

async function write(conversation: string, slot: Slot, draft: StoredDraft): Promise<void> {
  const path = `/v1/conversations/${conversation}/drafts/current`;
  if (draft.body === "" && draft.attachments.length === 0) {
    slot.revision = null;
    await api.remove(path).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
    return;
  }
  try {
    slot.revision = await put(path, draft, slot.revision);
  } catch (error) {
    if (!isConflict(error)) throw error;
    // The same agent wrote in another window. The last words typed win, as in one text field.
    const { data } = await api.get(path);
    slot.revision = await put(path, draft, revisionOf(data.attributes));
  }
}

async function put(path: string, draft: StoredDraft, revision: Revision): Promise<Revision> {
  const { data } = await api.put(path, { ...draft, ...(revision === null ? {} : { revision }) });
  return revisionOf(data.attributes);
}

function slotOf(conversation: string): Slot {
  const slot = slots.get(conversation) ?? {
    revision: null,
    timer: undefined,
    waiting: null,
    isSaving: false,
  };
  slots.set(conversation, slot);
  return slot;
}

function revisionOf(attributes: Readonly<Record<string, unknown>>): Revision {
  const { revision } = attributes;
  return typeof revision === "number" || typeof revision === "string" ? revision : null;
}

function readStored(json: Readonly<Record<string, unknown>>): StoredDraft {
  return {
    kind: json.kind === "note" ? "note" : "message",
    body: text(json.body),
    attachments: texts(json.attachments),
  };
}

function keyOf(conversation: string): string {
  return `${PREFIX}${useSession.getState().me?.id ?? ""}.draft.${conversation}`;
}

function readHere(conversation: string): StoredDraft | null {
  try {
    const json: unknown = JSON.parse(localStorage.getItem(keyOf(conversation)) ?? "null");
    return isJson(json) ? readStored(json) : null;
  } catch {
    return null;
  }
}

function writeHere(conversation: string, draft: StoredDraft): void {
  try {
    localStorage.setItem(keyOf(conversation), JSON.stringify(draft));
  } catch {
    // A private window or a full disk: the server's copy is the only one then.
  }
}

function removeHere(conversation: string): void {
  try {
    localStorage.removeItem(keyOf(conversation));
  } catch {
    // Nothing could be stored either.
  }
}

onForget(() => {
  for (const slot of slots.values()) clearTimeout(slot.timer);
  slots.clear();
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // Nothing could be stored either.
  }
});
