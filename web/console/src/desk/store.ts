import { create } from "zustand";

import { type Desk, emptyDesk } from "./desk.ts";

/*
 * The desk's maps are changed in place (see desk.ts); the wrapper object is what tells React. Select values that are
 * replaced when they change (a record, a list, a number), never a map.
 */
export const useDeskStore = create<{ readonly desk: Desk }>(() => ({ desk: emptyDesk("") }));

export function useDesk<Selected>(select: (desk: Desk) => Selected): Selected {
  return useDeskStore(({ desk }) => select(desk));
}

/** Redraws on every change of the desk: only for what derives from many records at once and is cheap. */
export function useDeskVersion(): number {
  return useDeskStore(({ desk }) => desk.version);
}

export function currentDesk(): Desk {
  return useDeskStore.getState().desk;
}

export function changeDesk(change: (desk: Desk) => void): void {
  const { desk } = useDeskStore.getState();
  change(desk);
  useDeskStore.setState({ desk });
}

export function replaceDesk(desk: Desk): void {
  useDeskStore.setState({ desk });
}

export function subscribeToDesk(listener: (desk: Desk) => void): () => void {
  return useDeskStore.subscribe(({ desk }) => listener(desk));
}
