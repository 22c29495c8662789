import { useMemo, useRef } from "react";

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

/** Whether a reply says what only a note has said so far. */
export function useSaysNote(conversation: string, reply: string): boolean {
  const { entries } = useTimeline(conversation);
  const secrets = useMemo(() => secretsOf(entries), [entries]);
  return useMemo(() => saysOneOf(secrets, reply), [secrets, reply]);
}

/** Which colleague has answered since this agent began to write; null while nobody has. */
export function useAnsweredSince(conversation: string, isWriting: boolean): string | null {
  const { entries, state } = useTimeline(conversation);
  const me = useDesk((desk) => desk.me);
  const begunAt = useRef<number | null>(null);
  if (!isWriting) begunAt.current = null;
  else if (state === "ready") begunAt.current ??= entries.at(-1)?.position ?? 0;
  const since = begunAt.current;
  return since === null ? null : answeredBy(entries, since, me);
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

/** What notes say and no message does: a note may quote the customer. */
export function secretsOf(entries: readonly Entry[]): readonly string[] {
  const messages = entries.flatMap((entry) => (entry.kind === "message" ? [entry.message] : []));
  const notes = messages.filter(({ kind }) => kind === "note");
  if (notes.length === 0) return [];
  const known = messages.filter(({ kind }) => kind !== "note").map(({ body }) => plain(body));
  const runs = notes.flatMap(({ body }) => runsOf(plain(body)));
  return [...new Set(runs)].filter((run) => !known.some((body) => body.includes(run)));
}

export function saysOneOf(secrets: readonly string[], reply: string): boolean {
  if (secrets.length === 0 || reply.length < FEWEST_LETTERS) return false;
  const said = plain(reply);
  return secrets.some((secret) => said.includes(secret));
}

/** Every few words in a row; of a short note, all. */
function runsOf(note: string): string[] {
  const all = note.split(" ");
  const runs = all.slice(0, Math.max(1, all.length - IN_A_ROW + 1));
  return runs
    .map((_, first) => all.slice(first, first + IN_A_ROW).join(" "))
    .filter((run) => run.length >= FEWEST_LETTERS);
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/gu, " ").trim();
}
