import type { Because, PreferredAs } from "./decisions.ts";
import type { State } from "./turns.ts";

const inQueue = (queue: string | null) => (queue === null ? "" : ` in “${queue}”`);

const WHY_NOT: Readonly<Record<string, string>> = {
  away: "not available",
  not_serving: "in another queue's team",
  held_for_another: "while it waits for another",
  gave_it_away: "who had handed it on (asked again after two minutes)",
  declined: "who said no",
  lacks_skill: "without the skill",
  full: "full",
  paused_by_priority: "with something more urgent",
};

/** Words on how a conversation came to be where it is. */
export const words = {
  title: "Why is it here?",
  close: "Close",
  nothing: "Routing has had nothing to do with it.",
  inHand:
    "In hand is what takes of an agent's capacity. Chats that have ended and what is snoozed take nothing; a queue may weigh more than 1.",
  way: "How it came here",
  noDecisions: "Nobody had to be chosen: it was given by hand, or has not come up yet.",
  decisions: "Decisions, the last first",
  states: {
    idle: () => "It is open, in no queue and nobody's",
    queued: (queue) => `It waits${inQueue(queue)}`,
    offered: (queue) => `It waits${inQueue(queue)}, and an agent is asked to take it`,
    assigned: (queue) => (queue === null ? "An agent has it" : `An agent has it, from “${queue}”`),
    paused: () => "It is snoozed, and counts for nobody",
    wrap_up: () => "It is done, and its agent wraps it up",
    completed: () => "It is done",
  } satisfies Record<State, (queue: string | null) => string> as Readonly<
    Record<State, (queue: string | null) => string>
  >,
  waitsSince: (time: string) => `Its place in the queue counts from ${time}`,
  declined: (count: number, time: string) =>
    `Everybody who could take it has declined (${count}), since ${time}`,
  askedAgain: (time: string) => `They are asked again at ${time}`,
  byRule: (rule: string) => `The rule “${rule}” put it there`,
  byRuleAtFirst: (rule: string) => `The rule “${rule}” put it into its first queue`,
  byGoneRule: "A rule that has been removed put it into its first queue",
  byNoRule: "No rule put it into its queue",
  priority: (priority: number) => `Priority ${priority}`,
  wished: (agent: string) => `${agent} was wished for by hand`,
  askedByHand: (skill: string) => `Asks for ${skill}, by hand`,
  wishes: "Preferred agent and skills",
  holdsOut: (skill: string) => `Waits a while for somebody with ${skill}`,
  asks: (skill: string, level: number) => `Asks for ${skill}, level ${level} or more`,
  promise: (name: string, version: number) =>
    version > 1 ? `Service level “${name}”, version ${version}` : `Service level “${name}”`,
  matched: (whom: string) => `Matched: ${whom}`,
  chosen: (name: string) => `${name} was chosen`,
  nobody: "Nobody could take it",
  allDeclined: "Everybody who could take it had said no",
  because: {
    most_room: (room) => `Had the largest free share: ${room}.`,
    longest_idle: (room) => `As much room as others, and longest without new work: ${room}.`,
    tie: (room) => `Equal with others in all that counts: ${room}.`,
    only_one: (room) => `The only one who could take it: ${room}.`,
    nobody: () => "",
    closed: () => "",
  } satisfies Record<Exclude<Because, "preferred">, (room: string) => string>,
  preferred: {
    by_hand: (room) => `Was wished for by hand, and has room: ${room}.`,
    rule: (room) => `Is preferred by the rule, and has room: ${room}.`,
    last_agent: (room) => `Had it last, and has room: ${room}.`,
  } satisfies Record<PreferredAs, (room: string) => string>,
  closed: "The queue was closed",
  opens: (when: string) => `It opens ${when}.`,
  inAnyLanguage: (skill: string) => `Nobody who speaks its language (${skill}) was free in time.`,
  room: (load: number, capacity: number) => `${load} of ${capacity} in hand`,
  next: "Next would have been",
  unseen: (count: number) => `and ${count} more behind them`,
  notThem: "Could not take it:",
  whyNot: (why: string, count: number) => `${count} ${WHY_NOT[why] ?? why}`,
};
