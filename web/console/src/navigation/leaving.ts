import { create } from "zustand";

/*
 * What somebody has filled in and not saved is not thrown away by a press on a link, a key or the back button: they are
 * asked first. Closing the tab asks in the browser's own words.
 */

const unsaved = new Set<symbol>();

/** What is done once they have said that it may go; null while nobody is asked. */
export const useLeaving = create<{ readonly leave: (() => void) | null }>(() => ({ leave: null }));

/** Something is filled in, until the returned function is called. */
export function holdUnsaved(): () => void {
  const one = Symbol("unsaved");
  unsaved.add(one);
  return () => unsaved.delete(one);
}

export function hasUnsaved(): boolean {
  return unsaved.size > 0;
}

/** It has been saved, or may go. The returned function takes that back. */
export function forgetUnsaved(): () => void {
  const held = [...unsaved];
  unsaved.clear();
  return () => {
    for (const one of held) unsaved.add(one);
  };
}

/** Does it at once where nothing would be lost. */
export function askToLeave(leave: () => void): void {
  if (hasUnsaved()) useLeaving.setState({ leave });
  else leave();
}

export function stay(): void {
  useLeaving.setState({ leave: null });
}

export function leaveAnyway(): void {
  const { leave } = useLeaving.getState();
  stay();
  forgetUnsaved();
  leave?.();
}

export function startGuardingTab(): () => void {
  const guard = (event: BeforeUnloadEvent) => {
    if (hasUnsaved()) event.preventDefault();
  };
  addEventListener("beforeunload", guard);
  return () => removeEventListener("beforeunload", guard);
}
