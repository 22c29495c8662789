import type { AgentEvent } from "@kithdesk/api-client";

import { currentDesk } from "../desk/store.ts";
import { hearInbox } from "../live/inbox-topic.ts";
import { forgetSent } from "./composer.ts";

/** Clears the same words here that this agent has just sent from another window, until the returned function is called. */
export function startForgettingSent(): () => void {
  return hearInbox((events) => {
    for (const event of events) take(event);
  });
}

function take(event: AgentEvent): void {
  if (event.kind !== "message.created" && event.kind !== "note.created") return;
  const { conversation, sentBy, body } = event.data.message;
  if (sentBy.type === "user" && sentBy.id === currentDesk().me) forgetSent(conversation, body);
}
