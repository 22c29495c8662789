import { create } from "zustand";

interface Bar {
  /** Which conversation shows how to filter and search its timeline. */
  readonly openFor: string | null;
  /** Which conversation stands among everything else of its customer. */
  readonly wholeFor: string | null;
}

const SHUT: Bar = { openFor: null, wholeFor: null };

/** How the conversation on screen is looked at. Another one, or the next visit to this one, begins without. */
export const useBar = create<Bar>(() => SHUT);

export function toggleBar(conversation: string): void {
  useBar.setState(({ openFor }) => ({ openFor: openFor === conversation ? null : conversation }));
}

export function closeBar(): void {
  useBar.setState({ openFor: null });
}

export function toggleWhole(conversation: string): void {
  useBar.setState(({ wholeFor }) => ({ wholeFor: wholeFor === conversation ? null : conversation }));
}

/** Whoever leaves finds it as it was before, when they come back. */
export function forgetBar(): void {
  useBar.setState(SHUT);
}
