import { relativeTime } from "@kithdesk/ui";
import { useEffect, useRef } from "preact/hooks";
import type { Conversation } from "../../chat/shapes.ts";
import { Chip } from "../Chip.tsx";
import { usePanel } from "../context.ts";
import { Icon } from "../icons.tsx";

/** The visitor's conversations, newest activity first. */
export function ConversationList() {
  const { view } = usePanel();
  const { all } = view.chat.conversations;
  const rows = useRef<HTMLUListElement>(null);
  // The screen that had the focus is gone; arriving here, the newest conversation is the likeliest next step.
  useEffect(() => {
    const nobodyElse = document.activeElement === document.body;
    if (view.open.value && !view.phone.value && document.hasFocus() && nobodyElse)
      rows.current?.querySelector("button")?.focus();
  }, [view, view.open.value]);
  return (
    <main class="list">
      <div class="scroll">
        <h2 class="list__title">{view.say("conversations")}</h2>
        <ul class="rows" ref={rows}>
          {all.value.map((conversation) => (
            <Row
              key={conversation.id}
              conversation={conversation}
              onOpen={() => view.show({ at: "conversation", id: conversation.id })}
            />
          ))}
        </ul>
      </div>
      {view.canStartNew.value && (
        <footer class="list__foot">
          <button type="button" class="button button--primary" onClick={() => view.resumeNew()}>
            <Icon name="write" />
            {view.say("newConversation")}
          </button>
        </footer>
      )}
    </main>
  );
}

function Row({ conversation, onOpen }: { conversation: Conversation; onOpen: () => void }) {
  const { view } = usePanel();
  const { assignee, preview, lastMessageAt, createdAt, lastMessageDirection, unread, ended } = conversation;
  const name = assignee?.displayName ?? view.team;
  const at = lastMessageAt ?? createdAt;
  return (
    <li>
      <button type="button" class={unread > 0 ? "row row--unread" : "row"} onClick={onOpen}>
        <Chip name={name} large />
        <span class="row__top">
          <span class="row__name">
            <bdi>{name}</bdi>
          </span>
          <time class="row__time" dateTime={at}>
            {relativeTime(at, Date.now(), { locale: view.words.value.lang })}
          </time>
        </span>
        <span class="row__bottom">
          <span class="row__preview">
            {lastMessageDirection === "in" && `${view.say("you")}: `}
            <bdi>{preview}</bdi>
          </span>
          {ended && <span class="row__ended">{view.say("ended")}</span>}
          {unread > 0 && (
            <span class="badge">
              <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
              <span class="unseen">{view.say("unread", { count: unread })}</span>
            </span>
          )}
        </span>
      </button>
    </li>
  );
}
