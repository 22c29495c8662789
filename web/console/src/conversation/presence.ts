import { confirm } from "../desk/desk.ts";
import { changeDesk, currentDesk, subscribeToDesk } from "../desk/store.ts";
import { tell, useLive } from "../live/live.ts";
import { useTimelines } from "../timeline/follow.ts";
import { newestFromCustomer } from "../timeline/timeline.ts";

/*
 * What others learn from this agent having a conversation open: colleagues that someone is looking, the customer that
 * it was seen. Only a conversation that stayed open for a moment counts: walking through a list is not reading.
 */
const LOOKED_AT_AFTER_MS = 800;
const SAY_AGAIN_MS = 20_000;

/** Call while the conversation is on screen; the returned function ends it. */
export function lookAt(conversation: string): () => void {
  let lastRead: string | null = null;
  const look = () => {
    if (document.visibilityState === "hidden" || !document.hasFocus()) return;
    const timeline = useTimelines.getState().timelines.get(conversation);
    const newest = timeline === undefined ? null : newestFromCustomer(timeline);
    const known = currentDesk().confirmed.get(conversation);
    if (known?.isUnread === true) changeDesk((desk) => confirm(desk, { ...known, isUnread: false }));
    if (currentDesk().arrived.has(conversation)) changeDesk((desk) => desk.arrived.delete(conversation));
    if (newest === null || newest.id === lastRead) return;
    if (tell({ op: "read", conversation, message: newest.id })) lastRead = newest.id;
  };
  const view = () => {
    if (document.visibilityState === "visible") tell({ op: "viewing", conversation });
  };
  let stop: () => void = () => undefined;
  const begin = setTimeout(() => {
    look();
    view();
    const again = setInterval(view, SAY_AGAIN_MS);
    const stopReading = useTimelines.subscribe(look);
    const stopWatching = subscribeToDesk(look);
    // What could not be told is told by the next connection, which knows of no viewing either.
    const stopListening = useLive.subscribe(() => {
      look();
      view();
    });
    addEventListener("focus", look);
    stop = () => {
      clearInterval(again);
      stopReading();
      stopWatching();
      stopListening();
      removeEventListener("focus", look);
      tell({ op: "viewing", conversation: null });
    };
  }, LOOKED_AT_AFTER_MS);
  return () => {
    clearTimeout(begin);
    stop();
  };
}
