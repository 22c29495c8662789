import { clockTime, exactTime } from "@kithdesk/ui";
import { Check, CheckCheck, CircleAlert, Clock3 } from "lucide-react";

import { takeBackUnsent } from "../composer/composer.ts";
import { retry } from "../live/outbox.ts";
import { Attachments } from "./Attachments.tsx";
import { EmailText } from "./EmailText.tsx";
import { words } from "./en.ts";
import type { Item } from "./rows.ts";
import { Text } from "./Text.tsx";

/** One message, and whether it arrived. */
export function MessageBubble({ item }: { item: Item }) {
  const { message, delivery } = item;
  const isOnItsWay = delivery === "sending" || delivery === "waiting";
  const isEmail = message.channel === "email" && message.kind === "message";
  return (
    <li
      className={`message message--${delivery} ${isEmail ? "message--email" : ""}`}
      aria-busy={isOnItsWay}
      data-entry={message.id}
    >
      {isEmail && <EmailText message={message} />}
      {!isEmail && message.body !== "" && (
        <p className="message__text" dir="auto" title={exactTime(message.sentAt)}>
          <Text text={message.body} />
        </p>
      )}
      {message.attachments.length > 0 && (
        <Attachments attachments={message.attachments} canOpen={delivery === "sent"} />
      )}
      <Fate item={item} />
    </li>
  );
}

function Fate({ item: { message, delivery, error, seenAt } }: { item: Item }) {
  if (delivery === "refused") {
    return (
      <p className="message__fate message__fate--refused" role="alert">
        <CircleAlert size={13} aria-hidden="true" />
        <span>{error === null ? words.refused : `${words.refused}: ${error}`}</span>
        <button type="button" className="text-button" onClick={() => retry(message.id)}>
          {words.retry}
        </button>
        <button type="button" className="text-button" onClick={() => takeBackUnsent(message.id)}>
          {words.discard}
        </button>
      </p>
    );
  }
  if (delivery === "waiting") {
    return (
      <p className="message__fate">
        <Clock3 size={12} aria-hidden="true" />
        {words.waiting}
      </p>
    );
  }
  if (delivery === "sending") {
    return (
      <p className="message__fate message__fate--sending">
        <Check size={12} aria-hidden="true" />
        {words.sending}
      </p>
    );
  }
  if (seenAt === null) return null;
  return (
    <p className="message__fate" title={exactTime(seenAt)}>
      <CheckCheck size={13} aria-hidden="true" />
      {words.seen(clockTime(seenAt))}
    </p>
  );
}
