import { upcomingTime } from "@kithdesk/ui";

import { api } from "../api/api.ts";
import { wordsFor } from "../api/errors.ts";
import { accept, anticipate, confirm, type Patch, takeBack } from "../desk/desk.ts";
import { conversationFromResource } from "../desk/reading.ts";
import { changeDesk, currentDesk } from "../desk/store.ts";
import type { Conversation, Named } from "../desk/types.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";

/*
 * What an agent does to a conversation. Each action shows at once, is written in the order it was done, can be taken
 * back for some seconds, and when the server refuses, goes back by itself with a word why.
 */

type Body = Readonly<Record<string, unknown>>;

/** How long the journal's own event may take before the answer's record is taken in its place. */
const EVENT_WITHIN_MS = 5_000;

const queues = new Map<string, Promise<void>>();

export function markDone(id: string): void {
  const before = get(id);
  if (before === undefined || before.status === "done") return;
  change(id, { status: "done", snoozedUntil: null }, { status: "done" });
  offerUndo(words.didDone, () => restoreStatus(before));
}

export function reopen(id: string): void {
  const before = get(id);
  if (before === undefined || before.status === "open") return;
  change(id, { status: "open", snoozedUntil: null }, { status: "open" });
  offerUndo(words.didReopen, () => restoreStatus(before));
}

export function snooze(id: string, until: Date): void {
  const before = get(id);
  if (before === undefined) return;
  const time = until.toISOString();
  change(id, { status: "snoozed", snoozedUntil: time }, { status: "snoozed", snooze: { time } });
  offerUndo(words.didSnooze(upcomingTime(until, Date.now())), () => restoreStatus(before));
}

/** To an agent, or to nobody (`null`): then it waits again. */
export function assign(id: string, agent: string | null, name: string): void {
  giveTo(id, agent === null ? [] : [agent], agent === null ? words.didUnassign : words.didAssign(name));
}

export function handOffToAgent(id: string, agent: string, name: string): void {
  giveTo(id, [agent], words.didHandOff(name));
}

export function handOffToQueue(id: string, queue: string, name: string): void {
  const before = get(id);
  if (before === undefined) return;
  change(id, { queue, assignedUsers: [] }, { queue });
  offerUndo(words.didHandOff(name), () => restoreAssignment(before));
}

function giveTo(id: string, assignedUsers: readonly string[], did: string): void {
  const before = get(id);
  if (before === undefined || before.assignedUsers.join() === assignedUsers.join()) return;
  change(id, { assignedUsers }, { assignedUsers });
  offerUndo(did, () => restoreAssignment(before));
}

export function toggleTag(id: string, tag: Named): void {
  const before = get(id);
  if (before === undefined) return;
  const isOn = before.tags.includes(tag.id);
  const tags = isOn ? before.tags.filter((one) => one !== tag.id) : [...before.tags, tag.id];
  change(id, { tags }, { tags });
  const text = isOn ? words.didUntag(tag.name) : words.didTag(tag.name);
  offerUndo(text, () => change(id, { tags: before.tags }, { tags: before.tags }));
}

function restoreStatus(before: Conversation): void {
  const { status, snoozedUntil } = before;
  const snoozed = status === "snoozed" && snoozedUntil !== null ? { snooze: { time: snoozedUntil } } : {};
  change(before.id, { status, snoozedUntil }, { status, ...snoozed });
}

function restoreAssignment(before: Conversation): void {
  const { assignedUsers, queue } = before;
  // Naming the queue puts a conversation back to waiting; naming the agent is enough for one who had it.
  if (assignedUsers.length === 0 && queue !== null) change(before.id, { assignedUsers, queue }, { queue });
  else change(before.id, { assignedUsers }, { assignedUsers });
}

function change(id: string, patch: Patch, body: Body): void {
  const key = { current: Symbol(id) };
  changeDesk((desk) => {
    key.current = anticipate(desk, id, patch);
  });
  const after = (queues.get(id) ?? Promise.resolve()).then(() => write(id, key.current, body));
  queues.set(id, after);
  void after.finally(() => {
    if (queues.get(id) === after) queues.delete(id);
  });
}

async function write(id: string, key: symbol, body: Body): Promise<void> {
  try {
    const { data, position } = await api.put(`/v1/conversations/${id}`, body);
    changeDesk((desk) => accept(desk, id, key));
    setTimeout(
      () => settleByAnswer(id, key, () => conversationFromResource(data, position)),
      EVENT_WITHIN_MS,
    );
  } catch (error) {
    changeDesk((desk) => takeBack(desk, id, key));
    showToast(words.failed(wordsFor(error)), { tone: "problem" });
  }
}

/** Live events may be cut off while HTTP works: then the answer is the best that is known. */
function settleByAnswer(id: string, key: symbol, read: () => Conversation): void {
  if (
    currentDesk()
      .pending.get(id)
      ?.some((pending) => pending.key === key) !== true
  )
    return;
  changeDesk((desk) => {
    confirm(desk, read());
    takeBack(desk, id, key);
    desk.countsAreStale = true;
  });
}

function offerUndo(text: string, run: () => void): void {
  showToast(text, { action: { label: words.undo, run, isUndo: true } });
}

function get(id: string): Conversation | undefined {
  return currentDesk().conversations.get(id);
}
