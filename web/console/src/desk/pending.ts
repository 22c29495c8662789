import type { Conversation } from "./types.ts";

/** What an agent can do to a conversation and see at once. */
export type Patch = Partial<
  Pick<
    Conversation,
    | "status"
    | "snoozedUntil"
    | "assignedUsers"
    | "assignedTeams"
    | "queue"
    | "tags"
    | "preferredUser"
    | "skills"
    | "name"
    | "ended"
  >
>;

export interface Pending {
  readonly key: symbol;
  readonly patch: Patch;
  /** The server has said yes: gone as soon as the journal shows the same. */
  readonly isAccepted: boolean;
}

/** Whether the journal says the same. */
export function isIn(conversation: Conversation, patch: Patch): boolean {
  return Object.entries(patch).every(([field, value]) =>
    sameValue(conversation[field as keyof Patch], value),
  );
}

function sameValue(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
