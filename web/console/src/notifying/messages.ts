import type { AgentEvent } from "@kithdesk/api-client";

import { serverNow } from "../api/clock.ts";
import { belongs } from "../desk/lists.ts";
import { currentDesk } from "../desk/store.ts";
import { hearInbox } from "../live/inbox-topic.ts";
import { words } from "./en.ts";
import { notify, startTellingLooks } from "./notifying.ts";

/** What comes later than this was said while nobody was here: it waits in the list, and is no news. */
const NEWS_FOR_MS = 60_000;

/** Says what customers of this agent write, until the returned function is called. */
export function startNotifying(): () => void {
  const stops = [
    startTellingLooks(),
    hearInbox((events) => {
      for (const event of events) sayMessage(event);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function sayMessage(event: AgentEvent): void {
  if (event.kind !== "message.created" || event.data.message.direction !== "in") return;
  const { conversation: id, body, sentAt } = event.data.message;
  const desk = currentDesk();
  const conversation = desk.conversations.get(id);
  if (conversation === undefined || !belongs("mine", conversation, desk.me)) return;
  if (serverNow() - Date.parse(sentAt) > NEWS_FOR_MS) return;
  void notify({ conversation: id, title: conversation.customerName, body: body || words.attachment });
}
