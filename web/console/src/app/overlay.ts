import { create } from "zustand";

import { useNavigation } from "../navigation/navigation.ts";
import { formatRoute } from "../navigation/route.ts";

/** What lies above the screen: at most one thing. */
export type Overlay =
  | "assign"
  | "handoff"
  | "snooze"
  | "tags"
  | "wishes"
  | "merge"
  | "object"
  | "add-object"
  | "status"
  | "actions"
  | "commands"
  | "help"
  | "capacity"
  | "why"
  | "sign-out";

interface State {
  readonly overlay: Overlay | null;
  /** The button it belongs to; without one (by keyboard) it opens in the middle. */
  readonly anchor: DOMRect | null;
}

export const useOverlay = create<State>(() => ({ overlay: null, anchor: null }));

export function openOverlay(overlay: Overlay, anchor: Element | null = null): void {
  useOverlay.setState({ overlay, anchor: anchor?.getBoundingClientRect() ?? null });
}

/** In the place of what is open. */
export function turnTo(overlay: Overlay): void {
  useOverlay.setState({ overlay });
}

export function closeOverlay(): void {
  useOverlay.setState({ overlay: null, anchor: null });
}

/** It belongs to the place it was opened at: at another it would act on somebody else. */
export function startClosingOverlays(): () => void {
  return useNavigation.subscribe(({ route }, before) => {
    if (formatRoute(route) !== formatRoute(before.route)) closeOverlay();
  });
}
