import type { OutboxEntry } from "@kithdesk/api-client";
import { useMemo } from "react";

import { attachmentOf } from "../composer/attachments.ts";
import { useOutbox } from "../live/outbox.ts";
import { useSession } from "../session/session.ts";
import type { Outgoing } from "./rows.ts";

/** What this agent sent in a conversation and the server has not confirmed yet, as messages to draw. */
export function useOutgoing(conversation: string): readonly Outgoing[] {
  const entries = useOutbox((outbox) => outbox.entries);
  const me = useSession((session) => session.me);
  return useMemo(
    () =>
      entries
        .filter((entry) => entry.conversation === conversation)
        .map((entry) => asOutgoing(entry, { id: me?.id ?? null, displayName: me?.displayName ?? "" })),
    [entries, conversation, me],
  );
}

function asOutgoing(entry: OutboxEntry, author: { id: string | null; displayName: string }): Outgoing {
  return {
    delivery: entry.state,
    error: entry.state === "refused" ? (entry.error?.title ?? null) : null,
    message: {
      id: entry.id,
      conversation: entry.conversation ?? "",
      customer: "",
      direction: "out",
      kind: entry.kind,
      channel: "chat",
      body: entry.body,
      clientId: entry.id,
      sentAt: entry.queuedAt,
      sentBy: { type: "user", ...author },
      attachments: entry.attachments.map(attachmentOf),
    },
  };
}
