import { type TimeReader, upcomingTime } from "@kithdesk/ui";

import { isJson, readSnooze, text, texts } from "../desk/reading.ts";
import type { Actor } from "../desk/types.ts";
import { words } from "./en.ts";
import type { Change } from "./entries.ts";
import type { Line } from "./rows.ts";

export interface LineContext {
  readonly now: string;
  readonly reader: TimeReader;
  readonly queueName: (id: string) => string | null;
  readonly tagName: (id: string) => string | null;
}

export interface LineWords {
  readonly text: string;
  /** Why it happened, in words. */
  readonly reason: string | null;
}

/** A system line as a person reads it; null when nothing about it concerns them. */
export function lineWords(line: Line, context: LineContext): LineWords | null {
  switch (line.kind) {
    case "opened":
      return plain(words.opened(line.channel));
    case "assigned":
      return { text: assignedWords(line, context), reason: reasonWords(line) };
    case "updated":
      return updatedWords(line.changes, line.actor, line.at, context);
    case "ended":
      return { text: words.ended(line.by.displayName), reason: null };
    case "merged":
      return plain(words.merged);
  }
}

type Assigned = Extract<Line, { kind: "assigned" }>;

function assignedWords(line: Assigned, context: LineContext): string {
  const names = [...line.agents, ...line.teams].join(", ");
  const by = nameOfAgent(line.actor);
  if (names !== "") {
    if (by !== null && names === by) return words.tookIt(by);
    return by === null ? words.assigned(names) : words.assignedBy(by, names);
  }
  const queue = (line.queue === null ? null : context.queueName(line.queue)) ?? words.theQueue;
  return by === null ? words.waitsIn(queue) : words.movedBy(by, queue);
}

/** Reasons that only say "by hand" add nothing where the line names whose hand it was. */
const BY_HAND = new Set(["by_hand", "transferred", "unassigned"]);

function reasonWords({ reason, actor }: Assigned): string | null {
  if (reason === null || reason.text === "") return null;
  return BY_HAND.has(reason.code) && nameOfAgent(actor) !== null ? null : reason.text.replace(/\.$/u, "");
}

function nameOfAgent(actor: Actor | null): string | null {
  return actor?.type === "user" && actor.displayName !== "" ? actor.displayName : null;
}

function updatedWords(
  changes: readonly Change[],
  actor: Actor | null,
  at: string,
  context: LineContext,
): LineWords | null {
  const name = nameOfAgent(actor);
  const parts = changes.flatMap((change) => changeWords(change, changes, name, at, context));
  return parts.length === 0 ? null : plain(parts.join(" · "));
}

function changeWords(
  { field, before, after }: Change,
  all: readonly Change[],
  name: string | null,
  at: string,
  context: LineContext,
): string[] {
  switch (field) {
    case "status":
      return [statusWords(before, after, name, snoozeTime(all, at, context))];
    case "tags":
      return tagWords(before, after, context);
    case "name":
      return [typeof after === "string" && after !== "" ? words.named(after) : words.unnamed];
    case "queue": {
      const queue = typeof after === "string" ? context.queueName(after) : null;
      return queue === null ? [] : [words.movedTo(queue)];
    }
    case "priority":
      return [words.priority(String(after))];
    default:
      return [];
  }
}

function statusWords(before: unknown, after: unknown, name: string | null, until: string | null): string {
  if (after === "done") return words.done(name);
  if (after === "snoozed") return words.snoozed(name, until);
  return before === "snoozed" && name === null ? words.woke : words.reopened(name);
}

function snoozeTime(changes: readonly Change[], at: string, context: LineContext): string | null {
  const snooze = changes.find(({ field }) => field === "snooze");
  const time = isJson(snooze?.after) ? readSnooze(snooze.after) : null;
  return time === null ? null : upcomingTime(time, at, context.reader);
}

function tagWords(before: unknown, after: unknown, context: LineContext): string[] {
  const had = texts(before);
  const has = texts(after);
  const names = (ids: string[]) => ids.map((id) => context.tagName(id) ?? text(id)).join(", ");
  const added = has.filter((id) => !had.includes(id));
  const removed = had.filter((id) => !has.includes(id));
  return [
    ...(added.length > 0 ? [words.tagged(names(added))] : []),
    ...(removed.length > 0 ? [words.untagged(names(removed))] : []),
  ];
}

function plain(line: string): LineWords {
  return { text: line, reason: null };
}
