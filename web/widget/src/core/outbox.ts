import type { OutboxEntry, OutboxStorage } from "@kithdesk/api-client";
import { NOTE, notes } from "../loader/identity.ts";
import { attempt, keep } from "../loader/storage.ts";

/** Unsent messages in the page's own storage, under the names that the panel's are kept under too. */
export const outbox: OutboxStorage = {
  all: () => Object.values(notes()).flatMap((text) => entryIn(text) ?? []),
  put: (entry) => keep(NOTE + entry.id, JSON.stringify(entry)),
  remove: (id) => keep(NOTE + id, ""),
};

function entryIn(text: string): OutboxEntry | null {
  const entry = attempt(() => JSON.parse(text) as Partial<OutboxEntry> | null);
  return typeof entry?.id === "string" && typeof entry.body === "string" ? (entry as OutboxEntry) : null;
}
