import { dayLabel, groupMessages } from "@kithdesk/ui";
import type { ComponentChildren } from "preact";
import { Chip } from "../Chip.tsx";
import { usePanel } from "../context.ts";
import { MessageBubble } from "./MessageBubble.tsx";
import type { ShownMessage } from "./shown.ts";

interface MessageListProps {
  messages: readonly ShownMessage[];
  /** Whether a screen reader says what is added. */
  isLive: boolean;
  onRetry: (message: ShownMessage) => void;
  onDiscard: (message: ShownMessage) => void;
  children?: ComponentChildren;
}

/** Messages by day, and inside a day by who said them. */
export function MessageList({ messages, isLive, onRetry, onDiscard, children }: MessageListProps) {
  const { view } = usePanel();
  const reader = { locale: view.words.value.lang };
  const last = messages.at(-1);
  const lastOurs = messages.findLast(({ direction }) => direction === "in");
  return (
    <div class="messages" role="log" aria-live={isLive ? "polite" : "off"}>
      {groupMessages(messages).map(({ day, groups }) => (
        <section key={day} class="day">
          <h3 class="day__label">{dayLabel(groups[0]?.messages[0]?.sentAt ?? day, Date.now(), reader)}</h3>
          {groups.map((group) => {
            const first = group.messages[0];
            if (!first) return null;
            return (
              <Group key={first.id} author={first}>
                {group.messages.map((message) => (
                  <MessageBubble
                    key={message.id}
                    message={message}
                    isLast={message === last || message === lastOurs}
                    onRetry={() => onRetry(message)}
                    onDiscard={() => onDiscard(message)}
                  />
                ))}
              </Group>
            );
          })}
        </section>
      ))}
      {children}
    </div>
  );
}

function Group({ author, children }: { author: ShownMessage; children: ComponentChildren }) {
  const { view } = usePanel();
  const { type, displayName, id } = author.sentBy;
  const name = (type !== "system" && displayName) || view.team;
  if (author.direction === "in") {
    return (
      <div class="group group--in">
        <h4 class="unseen">{view.say("you")}</h4>
        <ol class="group__messages">{children}</ol>
      </div>
    );
  }
  return (
    <div class="group group--out">
      <h4 class="group__author">
        <bdi>{name}</bdi>
      </h4>
      <Chip name={name} id={id} />
      <ol class="group__messages">{children}</ol>
    </div>
  );
}
