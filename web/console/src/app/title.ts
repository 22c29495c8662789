import type { Desk } from "../desk/desk.ts";
import { belongs } from "../desk/lists.ts";
import { currentDesk, subscribeToDesk } from "../desk/store.ts";
import { words as workWords } from "../work/en.ts";
import { useOffers } from "../work/offers.ts";
import { words } from "./en.ts";

const AT_MOST_EVERY_MS = 500;

/** The tab says that something is offered to me, or how many of my conversations have something new. */
export function startTitle(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = () => {
    timer = undefined;
    const title = titleNow();
    if (document.title !== title) document.title = title;
  };
  show();
  // Counting looks at every conversation: not for each of a thousand events.
  const stop = subscribeToDesk(() => {
    if (timer === undefined) timer = setTimeout(show, AT_MOST_EVERY_MS);
  });
  const stopOffers = useOffers.subscribe(show);
  return () => {
    clearTimeout(timer);
    stop();
    stopOffers();
  };
}

function titleNow(): string {
  const { offers } = useOffers.getState();
  if (offers.length > 0) return `${workWords.title(offers.length)} · ${words.title}`;
  const count = unreadOfMine(currentDesk());
  return count === 0 ? words.title : `(${count}) ${words.title}`;
}

function unreadOfMine(desk: Desk): number {
  let count = 0;
  for (const conversation of desk.conversations.values()) {
    const isNew = conversation.isUnread || desk.arrived.has(conversation.id);
    if (isNew && belongs("mine", conversation, desk.me)) count += 1;
  }
  return count;
}
