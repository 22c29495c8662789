import { Refused } from "@kithdesk/api-client";
import { upcomingTime } from "@kithdesk/ui";

import { type Answer, api } from "../api/api.ts";
import { serverNow } from "../api/clock.ts";
import { wordsFor } from "../api/errors.ts";
import { accept, anticipate, confirm, takeBack } from "../desk/desk.ts";
import type { Patch } from "../desk/pending.ts";
import { conversationFromResource, type Resource } from "../desk/reading.ts";
import { changeDesk, currentDesk } from "../desk/store.ts";
import type { Conversation, Named } from "../desk/types.ts";
import { dismissToast, showToast } from "../toast/toast.ts";
import { words } from "./en.ts";
import type { Place } from "./reach.ts";

/*
 * What an agent does to a conversation. Each action shows at once, is written in the order it was done, can be taken
 * back for some seconds, and when the server refuses, goes back by itself with a word why.
 */

type Body = Readonly<Record<string, unknown>>;

/** How long the journal's own event may take before the answer's record is taken in its place. */
const EVENT_WITHIN_MS = 5_000;

type Send = () => Promise<Answer<Resource> | null>;

const nothing = (): void => undefined;

const queues = new Map<string, Promise<unknown>>();

/** As what it was last written here: what a colleague did since is not taken back along with it. */
const revs = new Map<string, unknown>();

/** `andBack`: what else is taken back with it, on the screen. */
export function markDone(id: string, andBack = nothing): void {
  const before = get(id);
  if (before === undefined || before.status === "done") return;
  const isDone = change(id, { status: "done", snoozedUntil: null }, { status: "done" });
  offerUndo(isDone, words.didDone, () => {
    restoreStatus(before);
    andBack();
  });
}

export function reopen(id: string): void {
  const before = get(id);
  if (before === undefined || before.status === "open") return;
  const isDone = change(id, { status: "open", snoozedUntil: null }, { status: "open" });
  offerUndo(isDone, words.didReopen, () => restoreStatus(before));
}

export function snooze(id: string, until: Date, andBack = nothing): void {
  const before = get(id);
  if (before === undefined) return;
  const time = until.toISOString();
  const isDone = change(
    id,
    { status: "snoozed", snoozedUntil: time },
    { status: "snoozed", snooze: { time } },
  );
  offerUndo(isDone, words.didSnooze(upcomingTime(until, serverNow())), () => {
    restoreStatus(before);
    andBack();
  });
}

/** To an agent, or to nobody (`null`): then it waits again. */
export function assign(id: string, agent: string | null, name: string): void {
  giveTo(id, agent === null ? [] : [agent], agent === null ? words.didUnassign : words.didAssign(name));
}

/** Where an agent gives something on by hand. */
export interface Target {
  readonly place: Place;
  readonly id: string;
  readonly name: string;
}

/** With a reason for colleagues, where there is one. What goes to a team or a queue waits there. */
export function handOff(id: string, { place, id: to, name }: Target, reason: string): void {
  const before = get(id);
  if (before === undefined) return;
  const isDone = perform(id, patchOf(place, to), async () => {
    await api.post(`/v1/routing/conversations/${id}/transfers`, {
      [place === "agent" ? "user" : place]: to,
      reason: reason.trim(),
    });
    // It is done, whether or not this can be read.
    return api.get(`/v1/conversations/${id}`).catch(() => null);
  });
  offerUndo(isDone, words.didHandOff(name), () => restoreAssignment(before));
}

function patchOf(place: Place, to: string): Patch {
  switch (place) {
    case "agent":
      return { assignedUsers: [to] };
    case "team":
      return { assignedUsers: [], assignedTeams: [to] };
    case "queue":
      return { assignedUsers: [], queue: to };
  }
}

function giveTo(id: string, assignedUsers: readonly string[], did: string): void {
  const before = get(id);
  if (before === undefined || before.assignedUsers.join() === assignedUsers.join()) return;
  const isDone = change(id, { assignedUsers }, { assignedUsers });
  offerUndo(isDone, did, () => restoreAssignment(before));
}

export function toggleTag(id: string, tag: Named): void {
  const before = get(id);
  if (before === undefined) return;
  const isOn = before.tags.includes(tag.id);
  const tags = isOn ? before.tags.filter((one) => one !== tag.id) : [...before.tags, tag.id];
  const isDone = change(id, { tags }, { tags });
  const text = isOn ? words.didUntag(tag.name) : words.didTag(tag.name);
  offerUndo(isDone, text, () => void change(id, { tags: before.tags }, { tags: before.tags }));
}

/** Who goes first of those who may take it; null for nobody. */
export function prefer(id: string, agent: string | null, name: string): void {
  const before = get(id);
  if (before === undefined || before.preferredUser === agent) return;
  const isDone = change(id, { preferredUser: agent }, { preferredUser: agent });
  offerUndo(isDone, agent === null ? words.didUnprefer : words.didPrefer(name), () => {
    const { preferredUser } = before;
    void change(id, { preferredUser }, { preferredUser });
  });
}

/** A skill that whoever is given it must have, at any level. */
export function toggleSkill(id: string, { id: key, name }: Named): void {
  const before = get(id);
  if (before === undefined) return;
  const isOn = before.skills.includes(key);
  // In the order in which the journal will say them.
  const skills = isOn ? before.skills.filter((one) => one !== key) : [...before.skills, key].sort();
  const isDone = change(id, { skills }, { skills });
  const text = isOn ? words.didUnask(name) : words.didAsk(name);
  offerUndo(isDone, text, () => void change(id, { skills: before.skills }, { skills: before.skills }));
}

function restoreStatus(before: Conversation): void {
  const { status, snoozedUntil } = before;
  const snoozed = status === "snoozed" && snoozedUntil !== null ? { snooze: { time: snoozedUntil } } : {};
  const send = () =>
    api.put<Resource>(`/v1/conversations/${before.id}`, { status, ...snoozed, rev: revs.get(before.id) });
  void perform(before.id, { status, snoozedUntil }, send);
}

function restoreAssignment(before: Conversation): void {
  const { assignedUsers, assignedTeams, queue } = before;
  const isTeams = get(before.id)?.assignedTeams.join() !== assignedTeams.join();
  if (isTeams) {
    const patch = { assignedUsers, assignedTeams, ...(assignedUsers.length === 0 && { queue }) };
    void change(before.id, patch, patch);
    return;
  }
  // Naming the queue puts a conversation back to waiting; naming the agent is enough for one who had it.
  if (assignedUsers.length === 0 && queue !== null)
    void change(before.id, { assignedUsers, queue }, { queue });
  else void change(before.id, { assignedUsers }, { assignedUsers });
}

function change(id: string, patch: Patch, body: Body): Promise<boolean> {
  return perform(id, patch, () => api.put(`/v1/conversations/${id}`, body));
}

/** Resolves with whether it is done. `send` answers the conversation as it is then, or null where it is not known. */
function perform(id: string, patch: Patch, send: Send): Promise<boolean> {
  const key = { current: Symbol(id) };
  changeDesk((desk) => {
    key.current = anticipate(desk, id, patch);
  });
  const after = (queues.get(id) ?? Promise.resolve()).then(() => write(id, key.current, send));
  queues.set(id, after);
  void after.finally(() => {
    if (queues.get(id) === after) queues.delete(id);
  });
  return after;
}

async function write(id: string, key: symbol, send: Send): Promise<boolean> {
  try {
    const answer = await send();
    changeDesk((desk) => accept(desk, id, key));
    if (answer !== null) {
      const { data, position } = answer;
      revs.set(id, data.attributes.rev);
      const read = () => conversationFromResource(data, position);
      setTimeout(() => settleByAnswer(id, key, read), EVENT_WITHIN_MS);
    }
    return true;
  } catch (error) {
    changeDesk((desk) => takeBack(desk, id, key));
    sayRefused(error);
    return false;
  }
}

function sayRefused(error: unknown): void {
  if (error instanceof Refused && error.code === "transfer_restricted") {
    showToast(words.restricted);
  } else {
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

/** What was refused is not there to be taken back. */
function offerUndo(isDone: Promise<boolean>, text: string, run: () => void): void {
  const toast = showToast(text, { action: { label: words.undo, run, isUndo: true } });
  void isDone.then((happened) => {
    if (!happened) dismissToast(toast);
  });
}

function get(id: string): Conversation | undefined {
  return currentDesk().conversations.get(id);
}
