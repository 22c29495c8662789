import type { Attachment, OutboxEntry, Refusal } from "@kithdesk/api-client";
import type { ThreadMessage } from "../../chat/shapes.ts";

export type Delivery = "sending" | "waiting" | "failed" | "sent" | "seen" | "received";

/** A message as it is drawn: from the server, or still ours alone. */
export interface ShownMessage {
  id: string;
  body: string;
  sentAt: string;
  direction: "in" | "out";
  kind: "message" | "note";
  sentBy: { type: string; id: string | null; displayName: string };
  attachments: Attachment[];
  /** Files of an unsent message that this visit knows only by number. */
  moreFiles: number;
  delivery: Delivery;
  refusal: Refusal | null;
}

/** The thread and behind it what has not arrived yet, without those that the thread already has. */
export function shownMessages(
  messages: readonly ThreadMessage[],
  seen: string | null,
  unsent: readonly OutboxEntry[],
  known: (id: string) => Attachment | undefined,
): ShownMessage[] {
  const arrived = new Set(messages.map(({ clientId }) => clientId));
  const lastSeen = messages.findIndex(({ id }) => id === seen);
  return [
    ...messages.map((message, index) => ({
      ...message,
      sentBy: message.direction === "in" ? US : message.sentBy,
      moreFiles: 0,
      refusal: null,
      delivery: message.direction === "out" ? ("received" as const) : index <= lastSeen ? "seen" : "sent",
    })),
    ...unsent.filter(({ id }) => !arrived.has(id)).map((entry) => pending(entry, known)),
  ] as ShownMessage[];
}

/** One author, whatever the visitor was called when they wrote. */
const US = { type: "customer", id: "us", displayName: "" };

function pending(entry: OutboxEntry, known: (id: string) => Attachment | undefined): ShownMessage {
  const attachments = entry.attachments.flatMap((id) => known(id) ?? []);
  return {
    id: entry.id,
    body: entry.body,
    sentAt: entry.queuedAt,
    direction: "in",
    kind: "message",
    sentBy: US,
    attachments,
    moreFiles: entry.attachments.length - attachments.length,
    delivery: entry.state === "refused" ? "failed" : entry.state,
    refusal: entry.error ?? null,
  };
}
