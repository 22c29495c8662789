import { useEffect, useMemo, useState } from "react";

import { useDesk } from "../desk/store.ts";
import type { Message } from "../desk/types.ts";
import type { Entry } from "../timeline/entries.ts";
import { useTimeline } from "../timeline/follow.ts";

/*
 * What an agent would rather have known before they sent a reply: that some of it was written as a note, for nobody but
 * colleagues; and that a colleague has answered since they began.
 */

/** So many words in a row are no accident. */
const IN_A_ROW = 5;
/** Fewer letters are: "Thanks a lot to you all". */
const FEWEST_LETTERS = 16;

/** Older ones are hardly what an agent has at hand by mistake. */
const NEWEST_NOTES = 20;

/** Whether a reply says what only a note has said so far. */
export function useSaysNote(conversation: string, reply: string): boolean {
  const { entries } = useTimeline(conversation);
  return useMemo(() => saysNote(entries, reply), [entries, reply]);
}

/** Which colleague has answered since this agent began to write; null while nobody has. */
export function useAnsweredSince(conversation: string, isWriting: boolean): string | null {
  const { entries, state } = useTimeline(conversation);
  const me = useDesk((desk) => desk.me);
  const [begun, setBegun] = useState<{ readonly in: string; readonly at: number } | null>(null);
  const newest = state === "ready" ? (entries.at(-1)?.position ?? 0) : null;
  useEffect(() => {
    setBegun((before) => {
      if (!isWriting) return null;
      if (before?.in === conversation) return before;
      return newest === null ? null : { in: conversation, at: newest };
    });
  }, [conversation, isWriting, newest]);
  return isWriting && begun?.in === conversation ? answeredBy(entries, begun.at, me) : null;
}

function answeredBy(entries: readonly Entry[], since: number, me: string): string | null {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry === undefined || entry.position <= since) return null;
    if (entry.kind === "message" && isAnswer(entry.message) && entry.message.sentBy.id !== me)
      return entry.message.sentBy.displayName;
  }
  return null;
}

function isAnswer({ kind, direction }: Message): boolean {
  return kind === "message" && direction === "out";
}

/** A note may quote the customer: what they were told or have said is no secret. */
export function saysNote(entries: readonly Entry[], reply: string): boolean {
  const said = plain(reply);
  if (said.length < FEWEST_LETTERS) return false;
  const repeated = newestNotes(entries)
    .flatMap(runsOf)
    .filter((run) => said.includes(run));
  if (repeated.length === 0) return false;
  const known = entries.flatMap((entry) =>
    entry.kind === "message" && entry.message.kind !== "note" ? [plain(entry.message.body)] : [],
  );
  return repeated.some((run) => !known.some((body) => body.includes(run)));
}

function newestNotes(entries: readonly Entry[]): Message[] {
  const notes: Message[] = [];
  for (let index = entries.length - 1; index >= 0 && notes.length < NEWEST_NOTES; index -= 1) {
    const entry = entries[index];
    if (entry?.kind === "message" && entry.message.kind === "note") notes.push(entry.message);
  }
  return notes;
}

// Asked for at every key, and a note does not change.
const runs = new WeakMap<Message, readonly string[]>();

/** Every few words in a row; of a short note, all. */
function runsOf(note: Message): readonly string[] {
  const kept = runs.get(note);
  if (kept !== undefined) return kept;
  const all = plain(note.body).split(" ");
  const found = all
    .slice(0, Math.max(1, all.length - IN_A_ROW + 1))
    .map((_, first) => all.slice(first, first + IN_A_ROW).join(" "))
    .filter((run) => run.length >= FEWEST_LETTERS);
  runs.set(note, found);
  return found;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/gu, " ").trim();
}
