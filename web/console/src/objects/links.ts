import { create } from "zustand";

import { api } from "../api/api.ts";
import { isNotFound, wordsFor } from "../api/errors.ts";
import { onForget } from "../session/session.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";

/** Which conversation a record was put to; null is none. */
const useLinks = create<{ readonly of: ReadonlyMap<string, string | null> }>(() => ({ of: new Map() }));

/** What was never heard of is put to nothing: putting it there twice does no harm. */
export function useLink(object: string): string | null {
  return useLinks(({ of }) => of.get(object) ?? null);
}

export function useAllLinks(): ReadonlyMap<string, string | null> {
  return useLinks(({ of }) => of);
}

export function linkOf(object: string): string | null {
  return useLinks.getState().of.get(object) ?? null;
}

export function knowLink(object: string, conversation: string | null): void {
  if (useLinks.getState().of.get(object) === conversation) return;
  useLinks.setState(({ of }) => ({ of: new Map(of).set(object, conversation) }));
}

/** Makes the conversation one about this record; it leaves the one that it was put to before. */
export async function putTo(object: string, conversation: string): Promise<void> {
  const before = linkOf(object);
  const undo = () => void (before === null ? takeFrom(object, conversation) : putTo(object, before));
  await change(object, conversation, { did: words.didPut, undo }, () =>
    api.put(pathOf(object, conversation), {}),
  );
}

export async function takeFrom(object: string, conversation: string): Promise<void> {
  const undo = () => void putTo(object, conversation);
  await change(object, null, { did: words.didTake, undo }, () => api.remove(pathOf(object, conversation)));
}

interface Said {
  readonly did: string;
  readonly undo: () => void;
}

/** Shows at once, and as it was when it was refused. */
async function change(
  object: string,
  conversation: string | null,
  { did, undo }: Said,
  send: () => Promise<unknown>,
): Promise<void> {
  const before = linkOf(object);
  knowLink(object, conversation);
  try {
    await send();
    showToast(did, { action: { label: words.undo, run: undo, isUndo: true } });
  } catch (error) {
    // Somebody else has taken it away: that is what was wanted.
    if (conversation === null && isNotFound(error)) return;
    knowLink(object, before);
    showToast(words.notPut(wordsFor(error)), { tone: "problem" });
  }
}

/** The same for a record that is new. Rejects when it was not put there. */
export async function linkTo(object: string, conversation: string): Promise<void> {
  await api.put(pathOf(object, conversation), {});
  knowLink(object, conversation);
}

function pathOf(object: string, conversation: string): string {
  return `/v1/conversations/${conversation}/kobjects/${object}`;
}

onForget(() => useLinks.setState({ of: new Map() }));
