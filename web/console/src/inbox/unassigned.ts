import type { ListName } from "../desk/lists.ts";
import type { Inbox } from "../navigation/route.ts";
import type { View } from "../views/views.ts";
import { words } from "./en.ts";

/*
 * What nobody has, in two parts: somebody waits for an answer, or their chat has ended without one. They are shown as
 * saved views are, and nobody saved them.
 */
export const PARTS = ["waiting", "ended"] as const;
export type Part = (typeof PARTS)[number];

const NOBODYS = [{ conversation_status: { in: ["open"] } }, { conversation_assigned_users: { not_set: "" } }];
/** Whoever waits, or waited, longest comes first. */
const BY_WAIT = [{ conversation_last_message_unresponded_to_sent_at: "asc" }];

export const PART_VIEWS: Readonly<Record<Part, View>> = {
  waiting: viewOf("waiting", false),
  ended: viewOf("ended", true),
};

export function nameOfPart(part: Part): string {
  return `unassigned-${part}`;
}

/** Null for the name of any other view. */
export function partOf(view: string): Part | null {
  return PARTS.find((part) => nameOfPart(part) === view) ?? null;
}

/** Which list of the side is looked at, whole or in part; null for a saved view. */
export function listOf({ list, view }: Pick<Inbox, "list" | "view">): ListName | null {
  if (view === null) return list;
  return partOf(view) === null ? null : "unassigned";
}

function viewOf(part: Part, hasEnded: boolean): View {
  return {
    id: nameOfPart(part),
    name: words.parts[part].title,
    context: "conversation",
    query: { and: [...NOBODYS, { conversation_ended: { equals: hasEnded } }], sort: BY_WAIT },
    isShared: false,
  };
}
