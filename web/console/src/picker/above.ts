import { create } from "zustand";

/** The rooms that open sheets have for the dock, the topmost last: everything outside of that one is out of reach. */
const useAbove = create<{ readonly rooms: readonly HTMLElement[] }>(() => ({ rooms: [] }));

/** Where what asks for an answer has to be, to be reached at all; null while no sheet is open. */
export function useRoomAbove(): HTMLElement | null {
  return useAbove(({ rooms }) => rooms.at(-1) ?? null);
}

export function isSheetOpen(): boolean {
  return useAbove.getState().rooms.length > 0;
}

export function offerRoom(room: HTMLElement): () => void {
  useAbove.setState(({ rooms }) => ({ rooms: [...rooms, room] }));
  return () => useAbove.setState(({ rooms }) => ({ rooms: rooms.filter((one) => one !== room) }));
}
