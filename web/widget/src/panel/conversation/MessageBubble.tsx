import { clockTime, exactTime, linkify } from "@kithdesk/ui";
import { usePanel } from "../context.ts";
import { Attachments } from "../files/Attachments.tsx";
import { Icon } from "../icons.tsx";
import type { ShownMessage } from "./shown.ts";

interface MessageBubbleProps {
  message: ShownMessage;
  /** The last of the conversation tells what became of it; the others have said it before. */
  isLast: boolean;
  onRetry: () => void;
  onDiscard: () => void;
}

/** One message. It only draws; the chat knows what was delivered. */
export function MessageBubble({ message, isLast, onRetry, onDiscard }: MessageBubbleProps) {
  const { view } = usePanel();
  const reader = { locale: view.words.value.lang };
  const busy = message.delivery === "sending" || message.delivery === "waiting";
  return (
    <li class={`message message--${message.direction}`} aria-busy={busy} data-delivery={message.delivery}>
      {message.body && (
        <p class="message__body" dir="auto" title={exactTime(message.sentAt, reader)}>
          <MessageText text={message.body} />
        </p>
      )}
      <Attachments attachments={message.attachments} />
      {message.moreFiles > 0 && (
        <p class="message__files">
          <Icon name="file" />
          {view.say("files", { count: message.moreFiles })}
        </p>
      )}
      {message.delivery === "failed" ? (
        <Failure message={message} onRetry={onRetry} onDiscard={onDiscard} />
      ) : (
        isLast && (
          <p class="message__status">
            <time dateTime={message.sentAt}>{clockTime(message.sentAt, reader)}</time>
            <Status message={message} />
          </p>
        )
      )}
    </li>
  );
}

/** Text and links, as text nodes and anchors: nothing in a message is ever read as markup. */
export function MessageText({ text }: { text: string }) {
  return (
    <>
      {linkify(text).map((part, index) =>
        part.kind === "link" ? (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ) : (
          part.text
        ),
      )}
    </>
  );
}

function Status({ message }: { message: ShownMessage }) {
  const { view } = usePanel();
  switch (message.delivery) {
    case "sending":
      return <span>{view.say("sending")}</span>;
    case "waiting":
      return <span>{view.say("waitingToSend")}</span>;
    case "sent":
      return <span>{view.say("sent")}</span>;
    case "seen":
      return <span>{view.say("seen")}</span>;
    default:
      return null;
  }
}

function Failure({ message, onRetry, onDiscard }: Omit<MessageBubbleProps, "isLast">) {
  const { view } = usePanel();
  const ended = message.refusal?.code === "conversation_ended";
  const reason = ended ? "endedRefusal" : message.refusal?.code === "toolarge" ? "tooLong" : "notSent";
  return (
    <p class="message__failure" role="alert">
      <span>{view.say(reason)}</span>
      <button type="button" class="link" onClick={onRetry}>
        {view.say(ended ? "sendInNew" : "tryAgain")}
      </button>
      <button type="button" class="link link--quiet" onClick={onDiscard}>
        {view.say("discard")}
      </button>
    </p>
  );
}
