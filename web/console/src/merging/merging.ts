import { create } from "zustand";

import { wordsFor } from "../api/errors.ts";
import { openOverlay } from "../app/overlay.ts";
import { dismissToast, showToast } from "../toast/toast.ts";
import { merge, undoMerge } from "./api.ts";
import { words } from "./en.ts";

/** Whom an agent thinks of putting together with whom; `other` is null until it is chosen. */
interface Merging {
  readonly customer: string;
  readonly other: string | null;
}

export const useMerging = create<{ readonly merging: Merging | null }>(() => ({ merging: null }));

/** Counts what was merged and parted here: suggestions are asked for anew. */
export const useMerged = create<{ readonly version: number }>(() => ({ version: 0 }));

/** Opens the comparison; nothing changes before it is confirmed. */
export function startMerge(customer: string, other: string | null = null): void {
  useMerging.setState({ merging: { customer, other } });
  openOverlay("merge");
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** Resolves when they are one. Rejects with why they are not. */
export async function mergeInto(source: Person, target: Person): Promise<void> {
  const id = await merge(source.id, target.id);
  count();
  const run = () => void undo(id, source.name);
  const action = { label: words.undo, run, isUndo: true };
  offers.set(id, showToast(words.did(source.name, target.name), { action }));
}

/** The notices that offer to undo a merge: on the timeline it can be undone too. */
const offers = new Map<string, number>();

/** The journal's own events bring the screen back to how it was. */
export async function undo(id: string, name: string): Promise<void> {
  try {
    await undoMerge(id);
    count();
    dismissToast(offers.get(id) ?? 0);
    showToast(words.didUndo(name));
  } catch (error) {
    showToast(words.failed(wordsFor(error)), { tone: "problem" });
  }
}

function count(): void {
  useMerged.setState(({ version }) => ({ version: version + 1 }));
}
