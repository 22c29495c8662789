import { Outbox, type OutboxEntry, type OutboxStorage } from "@kithdesk/api-client";
import { create } from "zustand";

import { onForget } from "../session/session.ts";
import { onOnline, request } from "./live.ts";

/** Messages that the server has not confirmed, over reloads. Each agent of this browser has their own. */
export const useOutbox = create<{ readonly entries: readonly OutboxEntry[] }>(() => ({ entries: [] }));

type Sent = NonNullable<ConstructorParameters<typeof Outbox>[0]["onSent"]>;

const whenSent = new Set<Sent>();
let outbox: Outbox | null = null;
let prefix = "";

export function openOutbox(agent: string): void {
  outbox?.close();
  prefix = `kithdesk.unsent.${agent}.message.`;
  outbox = new Outbox({
    storage: browserStorage(prefix),
    send: request,
    onChange: changed,
    onSent: (entry, ack) => {
      for (const listener of whenSent) listener(entry, ack);
    },
  });
  changed();
}

onOnline((isOnline) => (isOnline ? outbox?.open() : outbox?.close()));
onForget(() => outbox?.clear());

export function onSent(listener: Sent): void {
  whenSent.add(listener);
}

export function send(message: Parameters<Outbox["add"]>[0]): void {
  outbox?.add(message);
}

export function retry(id: string): void {
  outbox?.retry(id);
}

export function discard(id: string): OutboxEntry | undefined {
  return outbox?.discard(id);
}

/** Also what another window of this agent has not sent: they share the storage. */
export function hasUnsent(): boolean {
  if (outbox === null) return false;
  if (outbox.entries.length > 0) return true;
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(prefix));
  } catch {
    return false;
  }
}

export function seenInJournal(message: Parameters<Outbox["seen"]>[0]): void {
  outbox?.seen(message);
}

function changed(): void {
  useOutbox.setState({ entries: [...(outbox?.entries ?? [])] });
}

/** A private window may refuse storage: the message is then as safe as the open page. */
function browserStorage(prefix: string): OutboxStorage {
  const memory = new Map<string, OutboxEntry>();
  const attempt = (action: () => void) => {
    try {
      action();
    } catch {
      // Full or forbidden.
    }
  };
  attempt(() => {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefix)) continue;
      const entry = JSON.parse(localStorage.getItem(key) ?? "null") as OutboxEntry | null;
      if (entry !== null) memory.set(entry.id, entry);
    }
  });
  return {
    all: () => [...memory.values()],
    put: (entry) => {
      memory.set(entry.id, entry);
      attempt(() => localStorage.setItem(prefix + entry.id, JSON.stringify(entry)));
    },
    remove: (id) => {
      memory.delete(id);
      attempt(() => localStorage.removeItem(prefix + id));
    },
  };
}
