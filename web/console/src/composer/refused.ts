import { currentDesk } from "../desk/store.ts";
import { useOutbox } from "../live/outbox.ts";
import { currentPlace, openConversation } from "../navigation/navigation.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";

/** Whether something that was sent in a conversation did not arrive, and will not by itself. */
export function useHasRefused(conversation: string): boolean {
  return useOutbox(({ entries }) =>
    entries.some((entry) => entry.conversation === conversation && entry.state === "refused"),
  );
}

/**
 * What was sent and done is out of sight when the server says no to it. Tells whoever is elsewhere by then, until the
 * returned function is called.
 */
export function startTellingRefused(): () => void {
  return useOutbox.subscribe((now, before) => {
    const known = new Set(before.entries.filter(({ state }) => state === "refused").map(({ id }) => id));
    for (const { id, conversation, state, kind } of now.entries)
      if (state === "refused" && conversation !== null && !known.has(id)) tell(conversation, kind);
  });
}

function tell(conversation: string, kind: "message" | "note"): void {
  if (currentPlace().conversation === conversation) return;
  const name = currentDesk().conversations.get(conversation)?.customerName ?? words.somebody;
  showToast(words.wasRefused[kind](name), {
    tone: "problem",
    action: { label: words.open, run: () => openConversation(conversation), isUndo: false },
  });
}
