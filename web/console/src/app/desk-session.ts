import { loadFileLimits } from "../composer/attachments.ts";
import { emptyDesk } from "../desk/desk.ts";
import { loadDirectory } from "../desk/directory.ts";
import { currentDesk, replaceDesk } from "../desk/store.ts";
import { recallArrivals } from "../inbox/arrivals.ts";
import { followInbox, leaveInbox } from "../live/inbox-topic.ts";
import { connect, disconnect, reconnect } from "../live/live.ts";
import { openOutbox } from "../live/outbox.ts";
import { onForget, useSession } from "../session/session.ts";

/** Everything that begins when an agent has signed in. Rejects when the desk could not be read. */
export async function openDesk(agent: string): Promise<void> {
  if (currentDesk().me !== agent) {
    const desk = emptyDesk(agent);
    recallArrivals(desk);
    replaceDesk(desk);
  }
  openOutbox(agent);
  connect();
  const widgetKey = useSession.getState().organisation?.widgetKey;
  // Without them the server still judges each file.
  if (widgetKey != null) loadFileLimits(widgetKey).catch(() => undefined);
  await Promise.all([followInbox(agent), loadDirectory()]);
}

/** The session is over; what is on screen stays until someone else signs in. */
export function closeDesk(): void {
  leaveInbox();
  disconnect();
}

// Signed in again at the same page: the socket was refused meanwhile, and need not wait for its next try.
useSession.subscribe((now, before) => {
  if (now.state === "in" && before.isExpired) reconnect();
});

onForget(() => {
  closeDesk();
  replaceDesk(emptyDesk(""));
});
