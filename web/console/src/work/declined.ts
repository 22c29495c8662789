import type { AgentEvent } from "@kithdesk/api-client";
import { create } from "zustand";

import { api } from "../api/api.ts";
import { list, type Resource, text, textOrNull } from "../desk/reading.ts";
import { onForget } from "../session/session.ts";
import { related } from "./in-hand.ts";

/** A conversation that waits though everybody who could take it has been asked. */
export interface Declined {
  readonly conversation: string;
  readonly queue: string | null;
  /** Who said no. */
  readonly by: readonly string[];
  readonly since: string;
  readonly askedAgainAt: string;
}

type ByConversation = ReadonlyMap<string, Declined>;

/** What has waited longest comes first. */
export const useDeclined = create<{ readonly declined: ByConversation }>(() => ({ declined: new Map() }));

onForget(() => useDeclined.setState({ declined: new Map() }));

/** They last minutes, so there are few; where there are more, these are the ones that have waited longest. */
const MOST = 100;

/** What the journal says of it; in one command it may be given away, and be declined by all again. */
export function takeDeclined(event: AgentEvent): void {
  switch (event.kind) {
    case "work.declined": {
      const { conversation, queue, users, at, askedAgainAt } = event.data;
      put({ conversation, queue, by: users, since: at, askedAgainAt });
      break;
    }
    case "work.asked_again":
    case "work.offered":
    case "conversation.assigned":
    case "conversation.ended":
      drop(event.data.conversation);
      break;
    case "conversation.updated":
      if ("status" in event.data.changes) drop(event.data.conversation);
      break;
  }
}

/** As the desk is read, for the first time or anew. Without an answer what is known stays. */
export async function recallDeclined(): Promise<void> {
  const answer = await api.list(`/v1/routing/declined-work-items?page=1&pageSize=${MOST}`).catch(() => null);
  if (answer === null) return;
  const found = answer.data.map(declinedFrom);
  useDeclined.setState({ declined: new Map(found.map((one) => [one.conversation, one])) });
}

function declinedFrom(item: Resource): Declined {
  const by = item.relationships?.declinedBy?.data;
  return {
    conversation: related(item, "conversation") ?? "",
    queue: related(item, "queue"),
    by: list(by).flatMap((one) => idOf(one) ?? []),
    since: text(item.attributes.declinedAt),
    askedAgainAt: text(item.attributes.askedAgainAt),
  };
}

function idOf(one: unknown): string | null {
  return typeof one === "object" && one !== null && "id" in one ? textOrNull(one.id) : null;
}

function put(one: Declined): void {
  const declined = new Map(useDeclined.getState().declined);
  declined.delete(one.conversation);
  useDeclined.setState({ declined: declined.set(one.conversation, one) });
}

function drop(conversation: string): void {
  const { declined } = useDeclined.getState();
  if (!declined.has(conversation)) return;
  const left = new Map(declined);
  left.delete(conversation);
  useDeclined.setState({ declined: left });
}
