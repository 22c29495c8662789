import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Composer } from "../composer/Composer.tsx";
import { usePanel } from "../context.ts";
import { Icon } from "../icons.tsx";
import { LoadFailed } from "../LoadFailed.tsx";
import { Later } from "../later.tsx";
import { Intro } from "./Intro.tsx";
import { Loading } from "./Loading.tsx";
import { MessageList } from "./MessageList.tsx";
import type { ShownMessage } from "./shown.ts";
import { Typing } from "./Typing.tsx";
import { type ShownConversation, useConversation } from "./useConversation.ts";
import { useScroll } from "./useScroll.ts";

interface ConversationScreenProps {
  /** Null until the first message opened it. */
  id: string | null;
  /** Our own name for a new one; also what its draft and files are kept under. */
  lane: string;
}

/** One conversation, or a new one. */
export function ConversationScreen({ id, lane }: ConversationScreenProps) {
  const { view } = usePanel();
  const { chat } = view;
  const conversation = useConversation(id, lane);
  const { messages, unread, loadOlder } = conversation;
  const last = messages.at(-1);
  const lastSent = messages.findLast(({ delivery }) => delivery !== "sending" && delivery !== "waiting")?.id;
  const scroll = useScroll({
    first: messages[0]?.id,
    last: last?.id,
    lastIsOurs: last?.direction === "in",
    loadOlder,
  });

  // Read is what somebody can have read: the panel open, this conversation loaded, its end in view.
  const isVisible = useVisible();
  const looking = view.open.value && scroll.atEnd && conversation.state === "loaded" && isVisible;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further message makes it unread again.
  useEffect(() => {
    if (id && looking) chat.read(id);
  }, [id, looking, unread, last?.id]);

  const retry = (message: ShownMessage) => {
    if (message.refusal?.code !== "conversation_ended") chat.outgoing.retry(message.id);
    else view.show({ at: "new", lane: chat.outgoing.sendAnew(message.id) });
  };

  /** A message that is given up leaves its words in the composer, unless there are others. */
  const giveUp = (message: ShownMessage) => {
    const entry = chat.outgoing.discard(message.id);
    if (entry) view.putBack(lane, entry.body);
  };

  return (
    <main class="conversation">
      <section
        class="scroll"
        ref={scroll.box}
        onScroll={scroll.onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard.
        tabIndex={0}
        aria-label={view.say("messages")}
      >
        <div class="scroll__content">
          <Beginning conversation={conversation} />
          <MessageList messages={messages} isLive={conversation.isLive} onRetry={retry} onDiscard={giveUp}>
            {conversation.typing !== undefined && <Typing name={conversation.typing} />}
          </MessageList>
        </div>
      </section>
      {!scroll.atEnd && unread > 0 && (
        <button type="button" class="to-end" onClick={scroll.toEnd}>
          <Icon name="down" />
          {view.say("newMessages")}
        </button>
      )}
      {id && !conversation.ended && <Later quiet>{({ Wait }) => <Wait id={id} last={lastSent} />}</Later>}
      {conversation.ended ? <Ended elsewhere={conversation.elsewhere} /> : <Composer id={id} lane={lane} />}
    </main>
  );
}

/** Whether the tab is in front. */
function useVisible(): boolean {
  const isVisible = useSignal(!document.hidden);
  useEffect(() => {
    const look = () => {
      isVisible.value = !document.hidden;
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [isVisible]);
  return isVisible.value;
}

function Beginning({ conversation }: { conversation: ShownConversation }) {
  const { view } = usePanel();
  const { state, hasOlder, messages, load } = conversation;
  if (state === "failed") return <LoadFailed onRetry={load} />;
  if (state !== "loaded") return <Loading />;
  return hasOlder ? <p class="hint">{view.say("loadingOlder")}</p> : <Intro started={messages.length > 0} />;
}

function Ended({ elsewhere }: { elsewhere: boolean }) {
  const { view } = usePanel();
  const start = useRef<HTMLButtonElement>(null);
  // The composer that had the focus is gone.
  useEffect(() => {
    if (view.open.peek() && document.hasFocus() && document.activeElement === document.body)
      start.current?.focus();
  }, [view]);
  return (
    <footer class="ended">
      <p>{view.say(elsewhere ? "goesOnElsewhere" : "conversationEnded")}</p>
      {view.canStartNew.value && (
        <button ref={start} type="button" class="button" onClick={() => view.resumeNew()}>
          {view.say("startNew")}
        </button>
      )}
    </footer>
  );
}
