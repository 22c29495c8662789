import { create } from "zustand";

/*
 * What somebody has filled in and not saved is not thrown away by a press on a link, a key or the back button: they are
 * asked first. Closing the tab asks in the browser's own words.
 */

type Of = "page" | "sheet";

const unsaved = new Map<() => void, Of>();

interface Asking {
  readonly leave: () => void;
  /** What is lost by it; left out: everything. */
  readonly only: (() => void) | undefined;
}

/** What is done once they have said that it may go; null while nobody is asked. */
export const useLeaving = create<{ readonly asking: Asking | null }>(() => ({ asking: null }));

/** Something is filled in, until the returned function is called. */
export function holdUnsaved(of: Of): () => void {
  const release = () => void unsaved.delete(release);
  unsaved.set(release, of);
  return release;
}

export function hasUnsaved(): boolean {
  return unsaved.size > 0;
}

/** A sheet goes by itself to where what it has made is shown. */
export function hasUnsavedPage(): boolean {
  return [...unsaved.values()].includes("page");
}

/** It has been saved, or may go. The returned function takes that back. */
export function forgetUnsaved(): () => void {
  const held = [...unsaved];
  unsaved.clear();
  return () => {
    for (const [release, of] of held) unsaved.set(release, of);
  };
}

export function askToLeave(leave: () => void, only?: () => void): void {
  useLeaving.setState({ asking: { leave, only } });
}

export function stay(): void {
  useLeaving.setState({ asking: null });
}

export function leaveAnyway(): void {
  const { asking } = useLeaving.getState();
  stay();
  if (asking?.only === undefined) forgetUnsaved();
  else asking.only();
  asking?.leave();
}

export function startGuardingTab(): () => void {
  const guard = (event: BeforeUnloadEvent) => {
    if (hasUnsaved()) event.preventDefault();
  };
  addEventListener("beforeunload", guard);
  return () => removeEventListener("beforeunload", guard);
}
