import { currentPlace } from "../navigation/navigation.ts";
import { useSession } from "../session/session.ts";
import type { words } from "./en.ts";

export type Group = keyof typeof words.groups;

/** One thing an agent can do: what it is called, the keys for it, and whether it makes sense now. */
export interface Command {
  readonly id: string;
  readonly group: Group;
  readonly label: string;
  /** What it would do at this moment, where the label names two things. */
  readonly labelNow?: () => string;
  readonly keys: readonly string[];
  /** Keys that belong to a field and are only explained here. */
  readonly isFieldOnly?: boolean;
  /** Goes on while its key is held down. Whoever leans on E has not done with the whole list. */
  readonly isHeldDown?: boolean;
  readonly isPossible: () => boolean;
  readonly run: () => void;
}

export const always = () => true;
export const opened = () => currentPlace().conversation;
export const isOpened = () => opened() !== null;
export const isAdmin = () => useSession.getState().me?.isAdmin === true;

export function withOpened(act: (id: string) => void): () => void {
  return () => {
    const id = opened();
    if (id !== null) act(id);
  };
}
