import type { AgentEvent, Subscription } from "@kithdesk/api-client";

import { applyEvent } from "../desk/apply-event.ts";
import { takePlace } from "../desk/directory.ts";
import { loadCounts, loadDesk, loadMissing } from "../desk/load.ts";
import { changeDesk, currentDesk } from "../desk/store.ts";
import { sayHandovers, takeHandover } from "../inbox/handover.ts";
import { currentPlace } from "../navigation/navigation.ts";
import { takeChanger } from "../record/changers.ts";
import { recallWork, takeWork } from "../work/follow.ts";
import { follow, giveUp } from "./live.ts";
import { seenInJournal } from "./outbox.ts";

/*
 * The screen's lists and counts follow the `inbox` topic. Events move what is loaded; only what an event could not
 * say is asked for, together and not more often than this.
 */
const ASK_AGAIN_AFTER_MS = 1_500;

interface Told {
  readonly event: AgentEvent;
  readonly position: number;
}

/** `isAnew`: too much happened to be told, and the desk was read again instead. */
type Hearer = (events: readonly AgentEvent[], isAnew: boolean) => void;

const hearers = new Set<Hearer>();
let subscription: Subscription | null = null;
let waiting: Told[] = [];
let flushing: ReturnType<typeof setTimeout> | undefined;
let asking: ReturnType<typeof setTimeout> | undefined;
let askedAt = 0;

/** Read everything once, then follow. Rejects when the first reading fails. */
export async function followInbox(me: string): Promise<void> {
  const read = async () => {
    const covered = await loadDesk(me, currentPlace().list, currentPlace().conversation);
    await recallWork(me);
    return covered;
  };
  const position = await read();
  subscription?.end();
  subscription = follow("inbox", position, {
    event: (event, at) => {
      waiting.push({ event, position: at });
      if (flushing === undefined) flushing = setTimeout(flush, 0);
    },
    resync: async () => {
      waiting = [];
      const covered = await read();
      for (const hearer of hearers) hearer([], true);
      return covered;
    },
    refused: giveUp,
  });
}

/** Called with what happened, once the desk has taken it, until the returned function is. */
export function hearInbox(hearer: Hearer): () => void {
  hearers.add(hearer);
  return () => hearers.delete(hearer);
}

export function leaveInbox(): void {
  subscription?.end();
  subscription = null;
  waiting = [];
}

/** A replay of thousands of events is one redraw. */
function flush(): void {
  flushing = undefined;
  const batch = waiting;
  waiting = [];
  changeDesk((desk) => {
    for (const { event, position } of batch) {
      try {
        applyEvent(desk, event, position);
      } catch (error) {
        // One event that the desk cannot take must not keep it from the ones behind it.
        reportError(error);
      }
    }
  });
  for (const { event, position } of batch) {
    takeOutOfOutbox(event);
    takeHandover(event);
    takeChanger(event);
    takePlace(event);
    takeWork(event, position);
  }
  sayHandovers();
  const events = batch.map(({ event }) => event);
  for (const hearer of hearers) hearer(events, false);
  askForTheRest();
}

/** Our own message, whichever came first, the ack or the event. */
function takeOutOfOutbox(event: AgentEvent): void {
  if (event.kind === "message.created" || event.kind === "note.created") seenInJournal(event.data.message);
}

function askForTheRest(): void {
  const { missing, countsAreStale } = currentDesk();
  if (asking !== undefined || (missing.size === 0 && !countsAreStale)) return;
  const wait = Math.max(0, askedAt + ASK_AGAIN_AFTER_MS - Date.now());
  asking = setTimeout(async () => {
    askedAt = Date.now();
    const desk = currentDesk();
    const answers = await Promise.allSettled([
      desk.missing.size > 0 ? loadMissing() : null,
      desk.countsAreStale ? loadCounts() : null,
    ]);
    asking = undefined;
    sayHandovers();
    // After a failure the marks stay where they are, and the next event asks again.
    if (answers.every(({ status }) => status === "fulfilled")) askForTheRest();
  }, wait);
}
