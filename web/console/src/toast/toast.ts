import { create } from "zustand";

/** A word on what just happened, with a way back for some seconds. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "plain" | "problem";
  readonly action: Action | null;
}

interface Action {
  readonly label: string;
  readonly run: () => void;
  /** It takes back what was just done. */
  readonly isUndo: boolean;
}

export const TOAST_LASTS_MS = 7_000;
const SHOWN_AT_ONCE = 3;

export const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }));

let lastId = 0;

/** Returns its id, for whoever makes it untrue. */
export function showToast(text: string, options: Partial<Pick<Toast, "tone" | "action">> = {}): number {
  lastId += 1;
  const toast: Toast = { id: lastId, text, tone: options.tone ?? "plain", action: options.action ?? null };
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((other) => !isSaidBy(toast, other)), toast].slice(-SHOWN_AT_ONCE),
  }));
  return toast.id;
}

/** What is said again is said once, where there is nothing to press that belongs to one of them. */
function isSaidBy(toast: Toast, { text, action }: Toast): boolean {
  return text === toast.text && action === null && toast.action === null;
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

export function canUndo(): boolean {
  return useToasts.getState().toasts.some(({ action }) => action?.isUndo === true);
}

/** Takes back the latest action that can be taken back. */
export function undoLatest(): boolean {
  const toast = useToasts.getState().toasts.findLast(({ action }) => action?.isUndo === true);
  if (toast === undefined) return false;
  dismissToast(toast.id);
  toast.action?.run();
  return true;
}
