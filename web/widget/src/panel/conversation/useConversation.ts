import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { usePanel } from "../context.ts";
import { type ShownMessage, shownMessages } from "./shown.ts";

export interface ShownConversation {
  messages: ShownMessage[];
  state: "unread" | "loading" | "loaded" | "failed";
  hasOlder: boolean;
  unread: number;
  ended: boolean;
  /** For this browser alone: it goes on with somebody who has signed in. */
  elsewhere: boolean;
  /** Who is typing, undefined for nobody. */
  typing: string | undefined;
  /** What is added now is news, and not history that came late. */
  isLive: boolean;
  load: () => void;
  loadOlder: () => void;
}

/** One conversation as the screen needs it: what the server has, and behind it what is still ours alone. */
export function useConversation(id: string | null, lane: string): ShownConversation {
  const { view, files } = usePanel();
  const { chat, settings } = view;
  const thread = id ? chat.thread(id) : null;
  const conversation = id ? chat.conversations.find(id) : undefined;
  const unsent = chat.outgoing.unsent.value.filter((entry) =>
    entry.conversation ? entry.conversation === id : entry.newConversation === lane,
  );
  const load = () => void thread?.load().catch(() => undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another thread is another load, nothing else is.
  useEffect(() => {
    if (thread?.state.peek() === "unread") load();
  }, [thread]);

  const state = thread?.state.value ?? "loaded";
  return {
    isLive: useCalm(state === "loaded" && !thread?.loadingOlder.value),
    messages: shownMessages(
      thread?.messages.value ?? [],
      thread?.seen.value ?? null,
      unsent,
      (file) => files.known.get(file)?.attachment,
    ),
    state,
    hasOlder: thread?.hasOlder.value ?? false,
    unread: conversation?.unread ?? 0,
    ended: conversation?.ended ?? false,
    elsewhere: conversation?.elsewhere ?? false,
    typing: id && settings.showTypingIndicatorWeb ? chat.typing.who.value.get(id) : undefined,
    load,
    loadOlder: () => void thread?.loadOlder().catch(() => undefined),
  };
}

/** True once `calm` has lasted a moment. */
function useCalm(calm: boolean): boolean {
  const lasting = useSignal(false);
  useEffect(() => {
    if (!calm) lasting.value = false;
    const timer = setTimeout(() => {
      lasting.value = calm;
    }, 500);
    return () => clearTimeout(timer);
  }, [calm, lasting]);
  return lasting.value && calm;
}
