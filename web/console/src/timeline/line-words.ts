import type { Change } from "@kithdesk/api-client";
import { type TimeReader, upcomingTime } from "@kithdesk/ui";
import { labelOf } from "../attributes/names.ts";
import type { Actor, Status } from "../desk/types.ts";
import { words as slaWords } from "../sla/en.ts";
import { words } from "./en.ts";
import { changedWords, createdWords } from "./record-words.ts";
import type { Line } from "./rows.ts";

export interface LineContext {
  readonly now: string;
  readonly reader: TimeReader;
  readonly queueName: (id: string) => string | null;
  readonly tagName: (id: string) => string | null;
  /** Left out: skills are called by their keys. */
  readonly skillName?: (key: string) => string;
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
      return plain(words.opened[line.channel]);
    case "assigned":
      return { text: assignedWords(line, context), reason: reasonWords(line) };
    case "handedOn":
      return plain(words.handedOn(nameOfAgent(line.actor), line.reason));
    case "updated":
      return updatedWords(line, context);
    case "ended":
      return { text: words.ended(line.by.displayName), reason: null };
    case "takenUp":
      return plain(words.takenUp(line.actor?.displayName || words.theCustomer, line.browsers));
    case "linked": {
      const by = nameOfAgent(line.actor);
      return plain(line.isOn ? words.linked(line.object, by) : words.unlinked(line.object, by));
    }
    case "tracked":
      return trackedWords(line);
    case "created":
      return createdWords(line, context.reader);
    case "changed":
      return changedWords(line);
    case "merged":
      return plain(words.merged(line.name ?? words.anotherRecord, nameOfAgent(line.actor)));
    case "moved":
      return plain(words.moved(line.name, nameOfAgent(line.actor)));
    case "unmerged":
      return plain(words.unmerged(line.name ?? words.anotherRecord, nameOfAgent(line.actor)));
    case "promised":
      return promisedWords(line, context);
    case "broken":
      return brokenWords(line, context);
  }
}

/** What the organisation's own programs tell is so; what a page tells, a visitor may have made it tell. */
function trackedWords({ name, facts, actor }: Extract<Line, { kind: "tracked" }>): LineWords {
  const parts = facts.map(([fact, value]) => `${labelOf(fact)}: ${value}`);
  if (actor?.type === "customer") parts.push(words.toldByPage);
  return { text: name, reason: parts.length === 0 ? null : parts.join(", ") };
}

/** Where another service level has taken the place of one, why, and what had been promised by when. */
function promisedWords(
  { sla, cause, left, at }: Extract<Line, { kind: "promised" }>,
  { reader }: LineContext,
): LineWords {
  if (left === null) return plain(sla === null ? slaWords.promisedNoMore : slaWords.promised(sla));
  const text = sla === null ? slaWords.promisedNoMore : slaWords.promisedInstead(sla, left.name);
  const due = Object.entries(left.dueAt).map(([metric, time]) =>
    slaWords.duePromise(
      slaWords.metrics[metric] ?? metric,
      time === null ? null : upcomingTime(time, at, reader),
    ),
  );
  const reasons = [
    ...(cause === null ? [] : [slaWords.causes[cause] ?? ""]),
    ...(due.length > 0 ? [slaWords.hadPromised(left.name, due.join(", "))] : []),
    ...(due.length === 0 && sla === null ? [slaWords.hadBefore(left.name)] : []),
  ].filter((reason) => reason !== "");
  return { text, reason: reasons.length === 0 ? null : reasons.join(" · ") };
}

function brokenWords(
  { sla, metric, due, at }: Extract<Line, { kind: "broken" }>,
  { reader }: LineContext,
): LineWords {
  const text = slaWords.broken[metric] ?? slaWords.brokenOther;
  return { text, reason: slaWords.promisedUntil(sla, upcomingTime(due, at, reader)) };
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
  if (by === null) return words.waitsIn(queue);
  return line.reason.code === "handed_off" ? words.handedOffBy(by, queue) : words.sentBackBy(by, queue);
}

/** Reasons that only say "by hand" add nothing where the line names whose hand it was. */
const BY_HAND = new Set(["by_hand", "handed_off", "handed_to_team", "unassigned"]);

function reasonWords({ reason, actor }: Assigned): string | null {
  if (reason.text === "") return null;
  return BY_HAND.has(reason.code) && nameOfAgent(actor) !== null ? null : reason.text.replace(/\.$/u, "");
}

function nameOfAgent(actor: Actor | null): string | null {
  return actor?.type === "user" && actor.displayName !== "" ? actor.displayName : null;
}

function updatedWords(
  { changes, cause, actor, at }: Extract<Line, { kind: "updated" }>,
  context: LineContext,
): LineWords | null {
  const { status, snooze, tags, name, priority, skills } = changes;
  const by = nameOfAgent(actor);
  const time = snooze?.after?.time;
  const until = time === undefined ? null : upcomingTime(time, at, context.reader);
  const parts = [
    ...(status === undefined ? [] : [statusWords(status, by, until)]),
    // Snoozed again: only the time has moved.
    ...(status === undefined && until !== null ? [words.snoozed(by, until)] : []),
    ...(tags === undefined ? [] : tagWords(tags, context)),
    ...(name === undefined ? [] : [name.after === null ? words.unnamed : words.named(name.after)]),
    ...(priority === undefined ? [] : [words.priority(priority.after)]),
    ...(skills === undefined
      ? []
      : [words.asksFor(skills.after.map((key) => context.skillName?.(key) ?? key).join(", "))]),
    // Who is proven from their first message on has not signed in just now.
    ...(changes.signedIn?.after === true && cause === "signed_in" ? [words.identified] : []),
    ...(changes.preferredUser === undefined ? [] : [words.wished(changes.preferredUser.after !== null)]),
  ];
  return parts.length === 0 ? null : plain(parts.join(" · "));
}

function statusWords({ before, after }: Change<Status>, by: string | null, until: string | null): string {
  if (after === "done") return words.done(by);
  if (after === "snoozed") return words.snoozed(by, until);
  return before === "snoozed" && by === null ? words.woke : words.reopened(by);
}

function tagWords({ before, after }: Change<string[]>, context: LineContext): string[] {
  const names = (ids: string[]) => ids.map((id) => context.tagName(id) ?? id).join(", ");
  const added = after.filter((id) => !before.includes(id));
  const removed = before.filter((id) => !after.includes(id));
  return [
    ...(added.length > 0 ? [words.tagged(names(added))] : []),
    ...(removed.length > 0 ? [words.untagged(names(removed))] : []),
  ];
}

function plain(line: string): LineWords {
  return { text: line, reason: null };
}
