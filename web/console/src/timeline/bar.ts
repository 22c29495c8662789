import { create } from "zustand";

/** Whether the conversation on screen shows how to filter and search its timeline; another conversation begins without. */
export const useBar = create<{ readonly openFor: string | null }>(() => ({ openFor: null }));

export function toggleBar(conversation: string): void {
  useBar.setState(({ openFor }) => ({ openFor: openFor === conversation ? null : conversation }));
}

export function closeBar(): void {
  useBar.setState({ openFor: null });
}
