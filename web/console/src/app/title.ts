import type { Desk } from "../desk/desk.ts";
import { belongs } from "../desk/lists.ts";
import { currentDesk, subscribeToDesk } from "../desk/store.ts";
import { words } from "./en.ts";

const AT_MOST_EVERY_MS = 500;

/** The tab says how many of my conversations have something new. */
export function startTitle(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = () => {
    timer = undefined;
    const count = unreadOfMine(currentDesk());
    const title = count === 0 ? words.title : `(${count}) ${words.title}`;
    if (document.title !== title) document.title = title;
  };
  show();
  // Counting looks at every conversation: not for each of a thousand events.
  const stop = subscribeToDesk(() => {
    if (timer === undefined) timer = setTimeout(show, AT_MOST_EVERY_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function unreadOfMine(desk: Desk): number {
  let count = 0;
  for (const conversation of desk.conversations.values()) {
    const isNew = conversation.isUnread || desk.arrived.has(conversation.id);
    if (isNew && belongs("mine", conversation, desk.me)) count += 1;
  }
  return count;
}
