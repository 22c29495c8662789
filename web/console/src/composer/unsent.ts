import { isJson } from "../desk/reading.ts";
import { useSession } from "../session/session.ts";
import { isNothing, readStored, type StoredDraft } from "./draft.ts";

/* What this browser keeps of drafts until the server has them. */

const PREFIX = "kithdesk.unsent.";

/** Also what another window has not saved, or an earlier visit to a conversation that was not opened since. */
export function hasUnsavedDrafts(): boolean {
  try {
    const prefix = keyOf("");
    const kept = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    return kept.map((key) => readHere(key.slice(prefix.length))).some((draft) => !isNothing(draft));
  } catch {
    return false;
  }
}

function keyOf(conversation: string): string {
  return `${PREFIX}${useSession.getState().me?.id ?? ""}.draft.${conversation}`;
}

export function readHere(conversation: string): StoredDraft | null {
  try {
    const json: unknown = JSON.parse(localStorage.getItem(keyOf(conversation)) ?? "null");
    return isJson(json) ? readStored(json) : null;
  } catch {
    return null;
  }
}

export function writeHere(conversation: string, draft: StoredDraft): void {
  try {
    localStorage.setItem(keyOf(conversation), JSON.stringify(draft));
  } catch {
    // A private window or a full disk: the server's copy is the only one then.
  }
}

export function removeHere(conversation: string): void {
  try {
    localStorage.removeItem(keyOf(conversation));
  } catch {
    // Nothing could be stored either.
  }
}

export function removeAllHere(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // Nothing could be stored either.
  }
}
