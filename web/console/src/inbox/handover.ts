import type { AgentEvent } from "@kithdesk/api-client";

import { currentDesk } from "../desk/store.ts";
import { openConversation } from "../navigation/navigation.ts";
import { notify } from "../notifying/notifying.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";

/** Who gave which conversation to this agent, as long as it has not been said. */
const unsaid = new Map<string, string>();

/** A colleague's conversation is now this agent's. */
export function takeHandover(event: AgentEvent): void {
  if (event.kind !== "conversation.assigned" || event.actor?.type !== "user") return;
  if (currentDesk().arrived.has(event.data.conversation))
    unsaid.set(event.data.conversation, event.actor.displayName);
}

/**
 * Says each once, with the way to it; one that no list had brought when its record is here. Whoever has it open sees
 * it there.
 */
export function sayHandovers(): void {
  const { arrived, conversations, missing } = currentDesk();
  for (const [id, by] of unsaid) {
    const customer = conversations.get(id)?.customerName;
    if (customer === undefined && missing.has(id)) continue;
    unsaid.delete(id);
    if (customer === undefined || !arrived.has(id)) continue;
    showToast(words.handedOver(by, customer), {
      action: { label: words.open, run: () => openConversation(id), isUndo: false },
    });
    void notify({ conversation: id, title: customer, body: words.handedOver(by, customer) });
  }
}
