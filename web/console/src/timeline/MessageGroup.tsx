import { clockTime, exactTime } from "@kithdesk/ui";
import { Lock } from "lucide-react";

import { Avatar } from "../app/Avatar.tsx";
import { words } from "./en.ts";
import { MessageBubble } from "./MessageBubble.tsx";
import type { Item } from "./rows.ts";

/** What one person said in one go. */
export function MessageGroup({ items }: { items: readonly Item[] }) {
  const [first] = items;
  if (first === undefined) return null;
  const { sentBy, sentAt, direction, kind } = first.message;
  const isNote = kind === "note";
  return (
    <li className={`group group--${isNote ? "note" : direction}`}>
      <Avatar id={sentBy.id ?? sentBy.displayName} name={sentBy.displayName} />
      <div className="group__body">
        <p className="group__head">
          <span className="group__author" dir="auto">
            {sentBy.displayName}
          </span>
          {isNote && (
            <span className="group__note" title={words.noteHint}>
              <Lock size={11} aria-hidden="true" />
              {words.note}
            </span>
          )}
          <time className="group__time" dateTime={sentAt} title={exactTime(sentAt)}>
            {clockTime(sentAt)}
          </time>
        </p>
        <ul className="group__messages">
          {items.map((item) => (
            <MessageBubble key={item.message.clientId ?? item.message.id} item={item} />
          ))}
        </ul>
      </div>
    </li>
  );
}
